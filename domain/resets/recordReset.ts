import { withAdminGroups } from '../accounts/keptUser';
import type { PasswordReset } from '../agentProtocol/agentEvent';
import { isPrivileged } from '../agentProtocol/directoryUser';
import { whoSet } from '../agentProtocol/whoSet';
import type { Admitted } from '../agents/admission/admitAgent';
import { nearness } from '../agents/admission/mayTell';
import type { AgentDeps } from '../agents/agentDeps';
import type { Arrival, CustomerEvent } from '../events/customerEvent';
import { resetEventId } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import type { Needs } from '../stores/core';
import type { ResetEvent } from './addTelling';
import { arrivalAtOnce } from './arrivalAtOnce';
import { completeReset } from './completeReset';
import { type Telling, userDidIt } from './telling';

/**
 * A reset that is told again unchanged within this time may come from an agent that missed the bot's answer,
 * so its delta sync may be missing. A telling with new facts needs no further sync.
 */
const RETOLD_MS = 2 * 60_000;
/** A reset told this long after the agent saw it is late, because the bot or the way to it was down. */
const LATE_MS = 2 * 60_000;

type Deps = Pick<AgentDeps, 'afterReset'> & Needs<'events' | 'agents', 'clock' | 'log'>;

/**
 * Writes a reset down once, however many agents tell it however often; a later telling may know more.
 * Resolves to its id when a delta sync is to follow.
 */
export async function recordReset(
  deps: Deps,
  { agent, customer }: Admitted,
  reset: PasswordReset,
): Promise<string | undefined> {
  const now = deps.clock.now();
  const event = eventOf(customer.id, agent, reset, await arrivalAtOnce(deps, customer), now);
  const id = resetEventId(customer.id, reset);
  const isNew = await recordEvent(deps, id, event);
  deps.log.debug?.(
    { event: id, customerId: customer.id, agentId: agent.id, kind: event.facts.kind },
    isNew ? 'reset recorded' : 'reset told again: only what is new of it counts',
  );
  if (isNew) return followed(deps, id, event);
  const known = await completeReset(deps, id, event);
  if (!known) return undefined;
  const { event: first, learned } = known;
  await followed(deps, first.id, first.value);
  return !learned && now - first.value.toldAt < RETOLD_MS ? first.id : undefined;
}

async function followed(
  { afterReset }: Deps,
  id: string,
  { customerId, facts }: CustomerEvent,
): Promise<string> {
  if ('arrival' in facts && facts.arrival.state === 'checking') await afterReset(id, customerId);
  return id;
}

function eventOf(
  customerId: string,
  agent: Admitted['agent'],
  told: PasswordReset,
  arrival: Arrival,
  now: number,
): ResetEvent {
  const { seq: _seq, id: _id, type: _type, by: _by, ...rest } = told;
  // Older agents read every event 4723 as a change by the user.
  const reset = { ...rest, ...whoSet(told, told.user) };
  const telling = tellingOf(agent, reset, now);
  const late = reset.late || now - Math.min(reset.seenAt, now) > LATE_MS;
  return {
    customerId,
    at: Math.min(reset.changedAt, now),
    toldAt: now,
    privileged: telling.privileged,
    facts: {
      kind: late ? 'resetLate' : 'resetSeen',
      reset: { ...reset, late, user: withAdminGroups(reset.user) },
      agentName: telling.agentName,
      tellings: [telling],
      arrival,
      explanation: { state: userDidIt([telling]) ? 'user' : 'unexplained' },
    },
    dueAt: now,
  };
}

const tellingOf = (
  { id, value }: Admitted['agent'],
  { how, by, user }: Pick<PasswordReset, 'how' | 'by' | 'user'>,
  at: number,
): Telling => ({
  agentId: id,
  agentName: value.machine.name,
  near: nearness(value),
  at,
  how,
  ...(by && { by }),
  privileged: isPrivileged(user),
  account: user.samAccountName,
  ...(user.objectSid && { sid: user.objectSid }),
  ...(user.userPrincipalName && { upn: user.userPrincipalName }),
});
