import { when } from '../../cards/format';
import type { Explanation } from '../../domain/events/customerEvent';
import type { ResetEvent } from './resetRows';

export const explanationOf = ({ facts }: ResetEvent): Explanation => facts.explanation;

/** Of resets: who explained them, and whether somebody still has to. */
export const explanations = (all: readonly Explanation[], now: number): { note: string; asks: boolean } => ({
  note: explainedBy(all, now),
  asks: all.some(({ state }) => state === 'unexplained' || state === 'lookInto'),
});

function explainedBy(all: readonly Explanation[], now: number): string {
  const said = new Map<string, number>();
  for (const { state, by, at } of all) {
    if (!by || at === undefined) continue;
    const words =
      state === 'ours'
        ? `${by.name} says that it was us, ${when(at, now)}`
        : `${by.name} looks into it, since ${when(at, now)}`;
    said.set(words, (said.get(words) ?? 0) + 1);
  }
  const ofThese = (count: number) => (count < all.length ? ` (${count} of these)` : '');
  return Array.from(said, ([words, count]) => `${words}${ofThese(count)}.`)
    .slice(0, 3)
    .join(' ');
}
