import { when } from '../../../cards/shared/format';
import type { Explanation } from '../../../domain/events/customerEvent';
import type { ResetEvent } from './resetRows';

/** One answer, and how many resets it was given for. */
export interface CountedExplanation {
  explanation: Explanation;
  count: number;
}

export const explanationOf = ({ facts }: ResetEvent): CountedExplanation => ({
  explanation: facts.explanation,
  count: 1,
});

/** Who explained the resets, and whether somebody still has to. */
export const explanations = (
  all: readonly CountedExplanation[],
  now: number,
): { note: string; asks: boolean } => ({
  note: explainedBy(all, now),
  asks: all.some(({ explanation: { state } }) => state === 'unexplained' || state === 'lookInto'),
});

/** How many of the resets have this explanation. */
export const countOf = (all: readonly CountedExplanation[], state: Explanation['state']): number =>
  sumOf(all.filter(({ explanation }) => explanation.state === state));

const sumOf = (all: readonly CountedExplanation[]): number => all.reduce((sum, { count }) => sum + count, 0);

function explainedBy(all: readonly CountedExplanation[], now: number): string {
  const said = new Map<string, number>();
  for (const { explanation, count } of all) {
    const { state, by, at } = explanation;
    if (!by || at === undefined) continue;
    const words =
      state === 'ours'
        ? `${by.name} says that it was us, ${when(at, now)}`
        : `${by.name} looks into it, since ${when(at, now)}`;
    said.set(words, (said.get(words) ?? 0) + count);
  }
  const total = sumOf(all);
  const ofThese = (count: number) => (count < total ? ` (${count.toLocaleString('en')} of these)` : '');
  return Array.from(said, ([words, count]) => `${words}${ofThese(count)}.`)
    .slice(0, 3)
    .join(' ');
}
