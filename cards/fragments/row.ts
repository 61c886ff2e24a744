import { type Badge, colourOf } from '../shared/card';
import type { Text } from '../shared/time';

interface Row {
  title: Text;
  /** At the right, in one or two words. */
  state?: Badge;
  /** A second line, where one is needed. */
  under?: Text;
  /** What choosing the row does; `title` is what a screen reader says of it. */
  open?: { title: string; verb: string; data: object };
}

/** Data of the fragment `row`. */
export const rowOf = ({ title, state, under = '', open }: Row) => ({
  title,
  under,
  symbol: state?.symbol ?? '',
  state: state?.text ?? '',
  colour: colourOf(state?.tone ?? 'neutral'),
  opens: open !== undefined,
  open: open ? [open] : [],
});
