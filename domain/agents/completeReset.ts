import type { PasswordReset } from '../agentProtocol/agentEvent';
import { DuplicateKey, VersionConflict } from '../errors';
import type { CustomerEvent, Explanation } from '../events/customerEvent';
import { resetTimeKey, resetVersionKey } from '../events/eventId';
import type { Stored } from '../ports';
import type { AgentDeps } from './agentDeps';

type Deps = Pick<AgentDeps, 'events' | 'clock'>;
type ResetFacts = Extract<CustomerEvent['facts'], { reset: unknown }>;

const TRIES = 5;

export interface KnownReset {
  event: Stored<CustomerEvent>;
  /** Whether this telling knew more than what was known. */
  learned: boolean;
}

/**
 * The event of a reset that is told again, with what this telling knows and the first did not: who did it, from a log that took long or of
 * another domain controller, or that its password has to be changed after all. It is due again then, so that its card is brought up to date.
 */
export async function completeReset(
  deps: Deps,
  id: string,
  told: CustomerEvent,
): Promise<KnownReset | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const known = await find(deps, id, told);
    const better = known && completed(known.value, told);
    if (!better) return known && { event: known, learned: false };
    try {
      const written = await deps.events.replace(known, { ...better, dueAt: deps.clock.now() });
      return { event: written, learned: true };
    } catch (error) {
      // Two events turn out to be the same reset: both are told already, and stay as they are.
      if (error instanceof DuplicateKey) return { event: known, learned: false };
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  const known = await find(deps, id, told);
  return known && { event: known, learned: false };
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
  const learnsMustChange = !facts.reset.mustChange && more.mustChange;
  if (!learnsVersion && !learnsHow && !learnsMustChange) return undefined;
  const reset: ResetFacts['reset'] = {
    ...facts.reset,
    ...(learnsVersion && {
      changedAt: more.changedAt,
      password: { ...password, version: more.password.version },
    }),
    ...(learnsHow && { how: more.how, ...(more.by && { by: more.by }) }),
    ...(learnsMustChange && { mustChange: true }),
  };
  const untouched = facts.explanation.state === 'unexplained';
  const explanation = learnsHow && untouched ? explanationOf(more.how) : facts.explanation;
  return { ...known, facts: { ...facts, reset, explanation } };
}
