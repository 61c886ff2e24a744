import type { Arrival, Explanation } from '../../domain/events/customerEvent';
import { joinedBy } from '../../domain/events/joinedEvents';
import type { Notice } from '../../domain/notifications/notification';
import type { Stored } from '../../domain/ports';
import type { QueryFilter } from '../../domain/stores/stores';
import type { CountedExplanation } from './faces/explanations';
import { type Further, NO_FURTHER } from './faces/further';
import { noticeKindOf } from './kinds';
import type { RecordDeps } from './noticeRecords';

const ARRIVALS = ['live', 'checking', 'notThere', 'notKnown'] as const satisfies readonly Arrival['state'][];
/** A card names this many answers and counts further ones. */
const ANSWERS = 3;

type Joined = ReturnType<typeof joinedBy>;

/** Counts the events that joined a full notice until `until`, in few queries, however many they are. */
export async function furtherOf(
  deps: RecordDeps,
  { id, value: { joinedUpTo, kind } }: Stored<Notice>,
  until = Number.MAX_SAFE_INTEGER - 1,
): Promise<Further> {
  if (joinedUpTo === undefined) return NO_FURTHER;
  const joined = joinedBy(id, Math.min(joinedUpTo, until));
  const total = await countOf(deps, joined, {});
  if (total === 0 || !noticeKindOf(kind).ofResets) return { ...NO_FURTHER, total };
  const arrivals = await Promise.all(
    ARRIVALS.map(async (arrival) => [arrival, await countOf(deps, joined, { arrival })] as const),
  );
  return {
    total,
    explanations: await explanationsOf(deps, joined, total),
    arrivals: Object.fromEntries(arrivals),
  };
}

const countOf = (
  { stores }: RecordDeps,
  joined: Joined,
  where: NonNullable<QueryFilter<'events'>['where']>,
) => stores.events.count({ ...joined, where: { ...joined.where, ...where } });

async function explanationsOf(
  deps: RecordDeps,
  joined: Joined,
  total: number,
): Promise<CountedExplanation[]> {
  const unexplained = await countOf(deps, joined, { explanation: 'unexplained' });
  const answers = [
    ...(await answersOf(deps, joined, 'ours')),
    ...(await answersOf(deps, joined, 'lookInto')),
  ];
  const byUser = answers.reduce((left, { count }) => left - count, total - unexplained);
  return [
    ...answers,
    { explanation: { state: 'unexplained' as const }, count: unexplained },
    { explanation: { state: 'user' as const }, count: Math.max(0, byUser) },
  ].filter(({ count }) => count > 0);
}

/** One click answers many resets at the same moment. */
async function answersOf(
  deps: RecordDeps,
  joined: Joined,
  state: Explanation['state'],
): Promise<CountedExplanation[]> {
  const where = { ...joined.where, explanation: state };
  const found: CountedExplanation[] = [];
  let left = await countOf(deps, joined, { explanation: state });
  let from = 0;
  while (left > 0 && found.length < ANSWERS) {
    const inOrder = { range: { key: 'answeredAt', from }, sort: { key: 'answeredAt' } } as const;
    const page = await deps.stores.events.list({ where, ...inOrder, limit: 1 });
    const facts = page.items[0]?.value.facts;
    if (!facts || !('explanation' in facts) || facts.explanation.at === undefined) break;
    const answeredAt = facts.explanation.at;
    const count = await countOf(deps, joined, { explanation: state, answeredAt });
    found.push({ explanation: facts.explanation, count });
    left -= count;
    from = answeredAt + 1;
  }
  return left > 0 ? [...found, { explanation: { state }, count: left }] : found;
}
