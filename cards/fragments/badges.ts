import { type Badge, colourOf } from '../shared/card';

const SPACE = '\u00a0';

/**
 * Data of the fragment `badges`: the symbols in colour, the words in the default colour. None shows
 * nothing.
 */
export const badgesOf = (badges: readonly Badge[]) =>
  badges.length === 0
    ? []
    : [
        {
          runs: badges.flatMap(({ symbol, text, tone }, index) => [
            { text: `${index > 0 ? `${SPACE}${SPACE} ` : ''}${symbol}${SPACE}`, colour: colourOf(tone) },
            { text: text.replaceAll(' ', SPACE), colour: 'default' },
          ]),
        },
      ];
