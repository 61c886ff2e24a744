import type { Tone } from '../shared/card';
import type { Text } from '../shared/time';

interface Header {
  /** The news: who did what to whom. */
  heading: Text;
  /** One line about it, in subtle text. */
  under?: Text;
  /** The colour of its background. The heading says the same in words. */
  tone?: Tone;
}

/**
 * Data of the fragment `header`. On a coloured background the line below is not subtle, because it would be
 * too pale.
 */
export const headerOf = ({ heading, under = '', tone = 'neutral' }: Header) => ({
  heading,
  under,
  style: tone === 'neutral' ? 'default' : tone,
  subtle: tone === 'neutral',
});
