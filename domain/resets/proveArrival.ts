import { immutableIdOf } from '../agentProtocol/directoryUser';
import type { Arrival, CustomerEvent, EventFacts } from '../events/customerEvent';
import type { Again } from '../jobs/jobRun';
import type { Needs } from '../stores/core';
import type { CloudPasswordState, TenantDirectory } from '../tenants/ports';
import { MicrosoftRefused } from '../tenants/refusals/microsoftRefused';
import { refusalWords } from '../tenants/refusals/refusalWords';
import { ARRIVAL_MS, happenedAt, liveSince, nextLookMs } from './arrival';
import { connectStates } from './connectStates';
import { type ArrivalDeps, noteArrival, tellArrival } from './trackArrival';
import { type Circumstances, whyNotThere } from './whyNotThere';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

type ProveDeps = ArrivalDeps &
  Needs<'jobs' | 'events' | 'notices' | 'customers' | 'agents', 'log'> & {
    directory: Pick<TenantDirectory, 'passwordState' | 'lastPasswordSyncAt'>;
  };

interface Look {
  /** Counted from 1. */
  number: number;
  couldReadBefore: boolean;
}

/** `couldRead`: whether Keyturn could read Microsoft 365 at this look. */
export type Looked = 'done' | (Again & { couldRead: boolean });

/**
 * Looks once for a reset in Microsoft 365. When the password is there, or ten minutes are over, it notes that
 * in the event, and people are told. Otherwise it answers when to look next.
 */
export async function proveArrival(deps: ProveDeps, eventId: string, look: Look): Promise<Looked> {
  const event = await deps.stores.events.get(eventId);
  const facts = event?.value.facts;
  if (!facts || !('arrival' in facts)) return 'done';
  if (facts.arrival.state !== 'checking') {
    // The instance that noted it may have died before it told people.
    await tellArrival(deps, event);
    return 'done';
  }
  const { couldRead, arrival } = await lookOnce(deps, event.value, facts, look);
  if (!arrival) return { couldRead, againInMs: nextLookMs(look.number - 1) };
  await noteArrival(deps, eventId, arrival);
  return 'done';
}

/** Answers with no arrival while there is nothing to say yet. */
async function lookOnce(
  deps: ProveDeps,
  event: CustomerEvent,
  { reset }: ResetFacts,
  { number, couldReadBefore }: Look,
): Promise<{ couldRead: boolean; arrival?: Arrival }> {
  const now = deps.clock.now();
  const looked = { checkedAt: now, looks: number };
  const customer = await deps.stores.customers.get(event.customerId);
  const office365 = customer?.value.status === 'active' ? customer.value.office365 : undefined;
  if (!office365 || !('tenant' in office365)) {
    const finding = 'Microsoft 365 is not connected any more.';
    return { couldRead: false, arrival: { state: 'notTracked', checkedAt: now, finding } };
  }
  const { tenantId } = office365.tenant;
  const since = happenedAt(reset, event.toldAt);
  const { cloud, unreadable = '' } = await read(deps, tenantId, reset.user);
  const couldRead = cloud !== undefined;
  const afterMs = cloud && liveSince(cloud, since);
  if (afterMs !== undefined) return { couldRead, arrival: { state: 'live', afterMs, ...looked } };
  if (now < event.toldAt + ARRIVAL_MS) return { couldRead };
  if (cloud) {
    const known = { cloud, mustChange: reset.mustChange, since };
    const finding = await reason(deps, event.customerId, tenantId, known);
    return { couldRead, arrival: { state: 'notThere', ...looked, finding } };
  }
  return couldReadBefore
    ? { couldRead, arrival: { state: 'notThere', ...looked, finding: `At the last look: ${unreadable}` } }
    : { couldRead, arrival: { state: 'notKnown', ...looked, finding: unreadable } };
}

async function reason(
  deps: ProveDeps,
  customerId: string,
  tenantId: string,
  known: Pick<Circumstances, 'cloud' | 'mustChange' | 'since'>,
): Promise<string> {
  const lastPasswordSyncAt = await deps.directory.lastPasswordSyncAt(tenantId);
  const connect = await connectStates(deps, customerId);
  return whyNotThere({ ...known, connect, ...(lastPasswordSyncAt !== undefined && { lastPasswordSyncAt }) });
}

async function read(
  { directory, log }: ProveDeps,
  tenantId: string,
  user: Parameters<typeof immutableIdOf>[0] & {
    userPrincipalName?: string | undefined;
    objectSid?: string | undefined;
  },
): Promise<{ cloud?: CloudPasswordState; unreadable?: string }> {
  const { userPrincipalName, objectSid } = user;
  try {
    const cloud = await directory.passwordState(tenantId, {
      immutableId: immutableIdOf(user),
      ...(userPrincipalName && { userPrincipalName }),
      ...(objectSid && { objectSid }),
    });
    return { cloud };
  } catch (error) {
    // Whatever the error was, Keyturn looks again, and in the end says that it could not read anything.
    const refusal = error instanceof MicrosoftRefused ? error.refusal : 'other';
    const name = error instanceof Error ? error.name : 'unknown';
    log.warn({ tenantId, refusal, error: name }, 'an arrival could not be read');
    const { finding, cure } = refusalWords(error);
    return { unreadable: `${finding} ${cure}` };
  }
}
