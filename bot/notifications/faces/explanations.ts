import type { NoticeData } from '../../../cards/notice';
import { said } from '../../../cards/shared/said';
import { line } from '../../../cards/shared/time';
import type { Explanation } from '../../../domain/events/customerEvent';
import { type Face, momentOn } from './face';
import type { ResetEvent } from './resetEvent';

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
  told: number,
): Pick<Face, 'asks'> & { answers: Answer[] } => ({
  answers: answersOf(all, told),
  asks: (['unexplained', 'lookInto'] as const).find((state) => countOf(all, state) > 0) ?? false,
});

/** How many of the resets have this explanation. */
export const countOf = (all: readonly CountedExplanation[], state: Explanation['state']): number =>
  sumOf(all.filter(({ explanation }) => explanation.state === state));

const sumOf = (all: readonly CountedExplanation[]): number => all.reduce((sum, { count }) => sum + count, 0);

type Answer = NonNullable<NoticeData['answers']>[number];
const SHOWN = 3;

/** Answers of one person at one moment are one. */
function answersOf(all: readonly CountedExplanation[], told: number): Answer[] {
  const given = new Map<string, CountedExplanation>();
  for (const { explanation, count } of all) {
    const { state, by, at } = explanation;
    if (!by || at === undefined) continue;
    const key = `${state}|${by.id}|${Math.floor(at / 60_000)}`;
    given.set(key, { explanation, count: count + (given.get(key)?.count ?? 0) });
  }
  const total = sumOf(all);
  return [...given.values()].slice(0, SHOWN).map((answer) => inWords(answer, total, told));
}

function inWords(
  { explanation: { state, by, at = 0 }, count }: CountedExplanation,
  total: number,
  told: number,
) {
  const name = said(by?.name ?? '', 120);
  const some = count < total ? `${count.toLocaleString('en')} ` : '';
  const moment = momentOn(told)(at);
  return state === 'ours'
    ? { ...OURS, text: line`${some}${some ? 'confirmed' : 'Confirmed'} by ${name}, ${moment}` }
    : {
        ...LOOKED_INTO,
        text: line`${some}${some ? 'being' : 'Being'} investigated by ${name} since ${moment}`,
      };
}

const OURS = { symbol: '✓', tone: 'good' } as const;
const LOOKED_INTO = { symbol: '●', tone: 'attention' } as const;
