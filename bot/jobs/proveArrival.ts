import { z } from 'zod';
import { immutableIdOf } from '../../domain/agentProtocol/directoryUser';
import { VersionConflict } from '../../domain/errors';
import { ARRIVAL_MS, liveSince, nextLookMs, whyNotThere } from '../../domain/events/arrival';
import type { Arrival, CustomerEvent, EventFacts } from '../../domain/events/customerEvent';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import { touchNotice } from '../../domain/notifications/touchNotice';
import type { Clock, Stored, Stores } from '../../domain/ports';
import { type CloudPasswordState, MicrosoftRefused } from '../../domain/tenants/ports';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const PROVE_ARRIVAL = 'proveArrival';
const inputSchema = z.object({ eventId: z.string().max(400) });

/** Has it looked for in Microsoft 365 whether this reset arrives there; the same event again changes nothing. */
export const enqueueArrival = (
  deps: { stores: Pick<Stores, 'jobs'>; clock: Clock },
  eventId: string,
): Promise<void> =>
  enqueueJob(
    { jobs: deps.stores.jobs, clock: deps.clock },
    { id: `arrival:${eventId}`, kind: PROVE_ARRIVAL, input: { eventId } },
  );

/** Looks for a reset in Microsoft 365 until it is there or ten minutes are over, and says on its card what was seen. */
export const proveArrival = (deps: AppDeps) =>
  jobKind<z.infer<typeof inputSchema>>({
    kind: PROVE_ARRIVAL,
    schema: inputSchema,
    async handle({ eventId }, run) {
      const event = await deps.stores.events.get(eventId);
      if (!event || !('arrival' in event.value.facts) || event.value.facts.arrival.state !== 'checking')
        return undefined;
      const arrival = await lookOnce(deps, event.value, event.value.facts, run.attempts);
      if (arrival) await note(deps, eventId, arrival);
      return arrival ? undefined : { againInMs: nextLookMs(run.attempts) };
    },
  });

/** Undefined while there is nothing to say yet. */
async function lookOnce(
  deps: AppDeps,
  event: CustomerEvent,
  facts: Extract<EventFacts, { reset: unknown }>,
  looks: number,
): Promise<Arrival | undefined> {
  const now = deps.clock.now();
  const customer = await deps.stores.customers.get(event.customerId);
  const office365 = customer?.value.status === 'active' ? customer.value.office365 : undefined;
  if (!office365 || !('tenant' in office365))
    return { state: 'notTracked', checkedAt: now, finding: 'Office 365 is not connected any more' };
  const { tenantId } = office365.tenant;
  const look = await read(deps, tenantId, facts.reset.user);
  const afterMs =
    look.cloud && liveSince(look.cloud, { changedAt: facts.reset.changedAt, toldAt: event.toldAt });
  if (afterMs !== undefined) return { state: 'live', afterMs, checkedAt: now, looks: looks + 1 };
  if (now < event.toldAt + ARRIVAL_MS) return undefined;
  const finding = whyNotThere({
    ...look,
    reset: facts.reset,
    now,
    connect: await connectHealth(deps, event.customerId),
    ...(await lastPasswordSync(deps, tenantId)),
  });
  return { state: 'notThere', checkedAt: now, looks: looks + 1, finding };
}

async function read(
  { directory, log }: AppDeps,
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
    // Whatever it was: it is looked again, and said in the end that nothing could be read.
    const refusal = error instanceof MicrosoftRefused ? error.refusal : 'other';
    log.warn(
      { tenantId, refusal, error: error instanceof Error ? error.name : 'unknown' },
      'an arrival could not be read',
    );
    return { unreadable: UNREADABLE[refusal] ?? 'Microsoft did not answer as expected.' };
  }
}

const UNREADABLE: Partial<Record<MicrosoftRefused['refusal'], string>> = {
  consentLost: 'the consent was lost. Connect Office 365 again.',
  adminConsentNeeded: 'the permission to read users is missing. Test the connection.',
  unavailable: 'Microsoft did not answer.',
};

async function connectHealth({ stores }: AppDeps, customerId: string) {
  const { items } = await stores.agents.list({ where: { customerId }, limit: 100 });
  return items.flatMap(({ value }) =>
    value.state === 'online' && value.health ? [value.health.connect] : [],
  );
}

async function lastPasswordSync({ directory }: AppDeps, tenantId: string) {
  const { lastPasswordSyncAt } = await directory.syncEvidence(tenantId);
  return lastPasswordSyncAt === undefined ? {} : { lastPasswordSyncAt };
}

/** Writes it into the event, and has the cards that tell it brought up to date. */
async function note({ stores, clock }: AppDeps, eventId: string, arrival: Arrival): Promise<void> {
  let event: Stored<CustomerEvent> | undefined = await stores.events.get(eventId);
  while (event && 'arrival' in event.value.facts) {
    const value: CustomerEvent = event.value;
    if (!('arrival' in value.facts)) return;
    try {
      await stores.events.replace(event, { ...value, facts: { ...value.facts, arrival } });
      if (value.noticeId) await touchNotice({ notices: stores.notices, clock }, value.noticeId);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      event = await stores.events.get(eventId);
    }
  }
}
