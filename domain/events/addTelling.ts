import type { CustomerEvent, EventFacts, Explanation } from './customerEvent';
import { contradicted, severer, type Telling, userDidIt, withTelling } from './telling';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
export type ResetEvent = CustomerEvent & { facts: ResetFacts };

export interface Told {
  /** The event as it is to be; absent: this telling says nothing new. */
  better?: CustomerEvent;
  /** The telling that this one contradicts. */
  against?: Telling;
}

/** What was told of it so far. Events of earlier versions keep the first agent's name alone. */
const tellingsOf = ({ toldAt, privileged, facts }: ResetEvent): readonly Telling[] => {
  const { reset, agentName, tellings } = facts;
  const { user, how, by } = reset;
  const first = { agentId: '', agentName, at: toldAt, how, privileged, account: user.samAccountName };
  return tellings ?? [{ ...first, ...(by && { by }), ...(user.objectSid && { sid: user.objectSid }) }];
};

/**
 * A known reset with what another telling of it says. Severity only rises, in any order of telling:
 * privileged stays privileged, a reset is no change by the user any more, and what nobody explained is not
 * explained by that. `told` is the event as it would be if this telling were the first.
 */
export function addTelling(known: ResetEvent, told: ResetEvent): Told {
  const [telling] = tellingsOf(told);
  if (!telling) return {};
  const before = tellingsOf(known);
  const tellings = withTelling(before, telling);
  const against = contradicted(before, telling);
  const better = merged(known, told, tellings);
  return { ...(better && { better }), ...(against && { against }) };
}

function merged(
  known: ResetEvent,
  told: ResetEvent,
  tellings: readonly Telling[],
): CustomerEvent | undefined {
  const { facts } = known;
  const reset = mergedReset(known, told);
  const rises = told.privileged && !known.privileged;
  const turns = facts.reset.how === 'change' && reset.how === 'reset';
  const explanation = explained(facts.explanation, tellings, rises || turns);
  const same = tellings === facts.tellings && reset === facts.reset && explanation === facts.explanation;
  if (same && !rises) return undefined;
  const event = { ...known, facts: { ...facts, reset, explanation, tellings: [...tellings] } };
  return rises ? asPrivileged(event) : event;
}

/** It goes on a card of its own, which is a new message. The card that it stands on is brought up to date. */
function asPrivileged({ noticeId, ...event }: CustomerEvent): CustomerEvent {
  return { ...event, privileged: true, ...(noticeId && { movedFrom: noticeId }) };
}

function mergedReset(known: ResetEvent, told: ResetEvent): ResetFacts['reset'] {
  const { reset } = known.facts;
  const more = told.facts.reset;
  const learnsVersion = reset.password.version === undefined && more.password.version !== undefined;
  const learnsMustChange = !reset.mustChange && more.mustChange;
  const how = severer(reset.how, more.how);
  const learnsHow = how !== reset.how;
  const learnsBy = !learnsHow && more.how === how && !reset.by && more.by !== undefined;
  const rises = told.privileged && !known.privileged;
  if (!learnsVersion && !learnsMustChange && !learnsHow && !learnsBy && !rises) return reset;
  const { by, ...rest } = reset;
  const who = learnsHow || learnsBy ? more.by : by;
  return {
    ...rest,
    ...(rises && { user: more.user }),
    ...(learnsVersion && {
      changedAt: more.changedAt,
      password: { ...reset.password, version: more.password.version },
    }),
    how,
    ...(who && { by: who }),
    ...(learnsMustChange && { mustChange: true }),
  };
}

/** What people said stays, but for `ours` when it turns out to be worse than what they were shown. */
function explained(known: Explanation, tellings: readonly Telling[], worse: boolean): Explanation {
  if (known.state === 'lookInto' || (known.state === 'ours' && !worse)) return known;
  const state = userDidIt(tellings) ? 'user' : 'unexplained';
  return state === known.state ? known : { state };
}
