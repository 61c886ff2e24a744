import type { CustomerEvent, EventFacts, Explanation } from '../events/customerEvent';
import { contradicted, nearestOf, severer, type Telling, userDidIt, withTelling } from './telling';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
export type ResetEvent = CustomerEvent & { facts: ResetFacts };

export interface Merged {
  /** The event as it should be; absent when this telling says nothing new. */
  better?: CustomerEvent;
  /** The telling that this one contradicts. */
  against?: Telling;
}

/** What agents have told so far. Events of earlier versions keep only the first agent's name. */
const tellingsOf = ({ toldAt, privileged, facts }: ResetEvent): readonly Telling[] => {
  const { reset, agentName, tellings } = facts;
  const { user, how, by } = reset;
  const first = { agentId: '', agentName, at: toldAt, how, privileged, account: user.samAccountName };
  return tellings ?? [{ ...first, ...(by && { by }), ...(user.objectSid && { sid: user.objectSid }) }];
};

/**
 * Merges another telling into a known reset. Severity only rises, in any order of tellings: privileged stays
 * privileged; a reset never turns into a change by the user; an unexplained reset stays unexplained; a reset
 * that one agent saw as it happened was not found late; and the latest time counts. `told` is the event as it
 * would be if this telling were the first.
 */
export function addTelling(known: ResetEvent, told: ResetEvent): Merged {
  const [telling] = tellingsOf(told);
  if (!telling) return {};
  const before = tellingsOf(known);
  const tellings = withTelling(before, telling);
  const against = contradicted(before, telling);
  const better = merged(known, told, before, tellings);
  return { ...(better && { better }), ...(against && { against }) };
}

function merged(
  known: ResetEvent,
  told: ResetEvent,
  before: readonly Telling[],
  tellings: readonly Telling[],
): CustomerEvent | undefined {
  const { facts } = known;
  const reset = mergedReset(known, told, isNearer(before, told));
  const rises = told.privileged && !known.privileged;
  const turns = facts.reset.how === 'change' && reset.how === 'reset';
  const explanation = explained(facts.explanation, tellings, rises || turns);
  const at = Math.max(known.at, told.at);
  const same = tellings === facts.tellings && reset === facts.reset && explanation === facts.explanation;
  if (same && !rises && at === known.at) return undefined;
  const kind = reset.late ? facts.kind : ('resetSeen' as const);
  const event = {
    ...known,
    at,
    privileged: known.privileged || told.privileged,
    facts: { ...facts, kind, reset, explanation, tellings: [...tellings] },
  };
  const doubted = facts.explanation.state !== 'unexplained' && explanation.state === 'unexplained';
  return rises || doubted || kind !== facts.kind ? onCardOfItsOwn(event) : event;
}

const isNearer = (before: readonly Telling[], { facts }: ResetEvent): boolean =>
  facts.tellings !== undefined && nearestOf(facts.tellings) > nearestOf(before);

/**
 * Bad news is a new message, and counts anew for an alarm. The card that shows the event now is brought up to
 * date.
 */
function onCardOfItsOwn({ noticeId, ...event }: CustomerEvent): CustomerEvent {
  return { ...event, ...(noticeId && { movedFrom: noticeId }) };
}

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

/**
 * `nearer`: this agent is nearer to the directory than all earlier ones, and knows better whose account it
 * is.
 */
function mergedReset(known: ResetEvent, told: ResetEvent, nearer: boolean): ResetFacts['reset'] {
  const { reset, explanation } = known.facts;
  const more = told.facts.reset;
  const learnsVersion = reset.password.version === undefined && more.password.version !== undefined;
  const learnsMustChange = !reset.mustChange && more.mustChange;
  const how = severer(reset.how, more.how);
  const learnsHow = how !== reset.how;
  const learnsBy = !learnsHow && more.how === how && !reset.by && more.by !== undefined;
  const rises = told.privileged && !known.privileged;
  const learnsWhose =
    rises || (nearer && known.privileged === told.privileged && !isSame(reset.user, more.user));
  const isAnswered = explanation.state === 'ours' || explanation.state === 'lookInto';
  const wasSeen = reset.late && !more.late && !isAnswered;
  if (!learnsVersion && !learnsMustChange && !learnsHow && !learnsBy && !learnsWhose && !wasSeen)
    return reset;
  const { by, ...rest } = reset;
  const who = learnsHow || learnsBy ? more.by : by;
  return {
    ...rest,
    ...(learnsWhose && { user: more.user }),
    ...(wasSeen && { late: false }),
    ...(learnsVersion && {
      changedAt: more.changedAt,
      password: { ...reset.password, version: more.password.version },
    }),
    how,
    ...(who && { by: who }),
    ...(learnsMustChange && { mustChange: true }),
  };
}

/**
 * What people said stays. The exception is `ours`, when the reset turns out to be worse than what they were
 * shown.
 */
function explained(known: Explanation, tellings: readonly Telling[], worse: boolean): Explanation {
  if (known.state === 'lookInto' || (known.state === 'ours' && !worse)) return known;
  const state = userDidIt(tellings) ? 'user' : 'unexplained';
  return state === known.state ? known : { state };
}
