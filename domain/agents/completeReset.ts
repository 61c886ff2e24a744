import type { PasswordReset } from '../agentProtocol/agentEvent';
import { DuplicateKey, VersionConflict } from '../errors';
import type { CustomerEvent, Explanation } from '../events/customerEvent';
import { resetTimeKey, resetVersionKey } from '../events/eventId';
import type { Stored } from '../ports';
import type { AgentDeps } from './agentDeps';

type Deps = Pick<AgentDeps, 'events' | 'clock'>;
type ResetFacts = Extract<CustomerEvent['facts'], { reset: unknown }>;

const TRIES = 5;

/**
 * The event of a reset that is told again, with what this telling knows and the first did not: the agent of another domain controller
 * may be the one that can say who did it. It is due again then, so that its card is brought up to date.
 */
export async function completeReset(
  deps: Deps,
  id: string,
  told: CustomerEvent,
): Promise<Stored<CustomerEvent> | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = await find(deps, id, told);
    const better = known && completed(known.value, told);
    if (!better) return known;
    try {
      return await deps.events.replace(known, { ...better, dueAt: deps.clock.now() });
    } catch (error) {
      // Two events turn out to be the same reset: both are told already, and stay as they are.
      if (error instanceof DuplicateKey) return known;
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  return find(deps, id, told);
}

async function find({ events }: Deps, id: string, told: CustomerEvent) {
  const version = resetVersionKey(told);
  const time = resetTimeKey(told);
  return (
    (await events.get(id)) ??
    (version ? await events.find('resetVersion', version) : undefined) ??
    (time ? await events.find('resetTime', time) : undefined)
  );
}

/** Nobody but the user can have done a change. */
export const explanationOf = (how: PasswordReset['how']): Explanation => ({
  state: how === 'change' ? 'user' : 'unexplained',
});

/** Undefined when there is nothing new in it. */
function completed(known: CustomerEvent, told: CustomerEvent): CustomerEvent | undefined {
  if (!('reset' in known.facts) || !('reset' in told.facts)) return undefined;
  const { facts } = known;
  const { password, how } = facts.reset;
  const more = told.facts.reset;
  const learnsVersion = password.version === undefined && more.password.version !== undefined;
  const learnsHow = how === 'unknown' && more.how !== 'unknown';
  if (!learnsVersion && !learnsHow) return undefined;
  const reset: ResetFacts['reset'] = {
    ...facts.reset,
    ...(learnsVersion && {
      changedAt: more.changedAt,
      password: { ...password, version: more.password.version },
    }),
    ...(learnsHow && { how: more.how, ...(more.by && { by: more.by }) }),
  };
  const untouched = facts.explanation.state === 'unexplained';
  const explanation = learnsHow && untouched ? explanationOf(more.how) : facts.explanation;
  return { ...known, facts: { ...facts, reset, explanation } };
}
