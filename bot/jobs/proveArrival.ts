import { z } from 'zod';
import { immutableIdOf } from '../../domain/agentProtocol/directoryUser';
import { ARRIVAL_MS, happenedAt, liveSince, nextLookMs } from '../../domain/events/arrival';
import type { Arrival, CustomerEvent, EventFacts } from '../../domain/events/customerEvent';
import { type Circumstances, whyNotThere } from '../../domain/events/whyNotThere';
import { enqueueOnce } from '../../domain/jobs/enqueueJob';
import { createPace } from '../../domain/jobs/pace';
import { touchNotice } from '../../domain/notifications/touchNotice';
import type { Clock } from '../../domain/ports';
import { change } from '../../domain/stores/change';
import type { Stores } from '../../domain/stores/stores';
import { MicrosoftRefused } from '../../domain/tenants/microsoftRefused';
import type { CloudPasswordState } from '../../domain/tenants/ports';
import { refusalWords } from '../../domain/tenants/refusalWords';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

const PROVE_ARRIVAL = 'proveArrival';
const inputSchema = z.object({ eventId: z.string().max(400) });

type NoteDeps = { stores: Pick<Stores, 'jobs' | 'events' | 'notices'>; clock: Clock };

/** Of one customer, at once and in each hour: a bulk reset stays below. */
const MOST_ARRIVALS = { most: 5_000, everyMs: 60 * 60_000 };
const TOO_MANY =
  'So many passwords of this customer are reset that Keyturn does not look for each of them in Microsoft 365.';

/**
 * Has it looked for in Microsoft 365 whether a reset arrives there; the same event again changes nothing.
 * Of too many at one customer it is not looked for, and the card says so.
 */
export function createArrivals(deps: NoteDeps, bound = MOST_ARRIVALS) {
  const pace = createPace(bound, () => deps.clock.now());
  return async (eventId: string, customerId: string): Promise<void> => {
    const id = `arrival:${eventId}`;
    if (pace.take(customerId) !== undefined) {
      // One that is told again is looked for already.
      if (!(await deps.stores.jobs.get(id)))
        await note(deps, eventId, { state: 'notTracked', finding: TOO_MANY });
      return;
    }
    const written = await enqueueOnce(
      { jobs: deps.stores.jobs, clock: deps.clock },
      { id, kind: PROVE_ARRIVAL, input: { eventId }, customerId },
    );
    if (!written) pace.giveBack(customerId);
  };
}

/** Whether any look so far could read Microsoft 365: written down with the first that could. */
const progress = z.object({ couldRead: z.literal(true) });

/** Looks for a reset in Microsoft 365 until it is there or ten minutes are over, and says on its card what was seen. */
export const proveArrival = (deps: AppDeps) =>
  jobKind<z.infer<typeof inputSchema>>({
    kind: PROVE_ARRIVAL,
    schema: inputSchema,
    async handle({ eventId }, run) {
      const event = (await deps.stores.events.get(eventId))?.value;
      if (!event || !('arrival' in event.facts)) return undefined;
      if (event.facts.arrival.state !== 'checking') {
        // Who noted it may have died before its card was brought up to date.
        await touch(deps, event);
        return undefined;
      }
      const couldReadBefore = progress.safeParse(run.progress).success;
      const { couldRead, arrival } = await lookOnce(deps, event, event.facts, {
        number: run.attempts + 1,
        couldReadBefore,
      });
      if (arrival) await note(deps, eventId, arrival);
      else if (couldRead && !couldReadBefore)
        await run.save({ couldRead } satisfies z.infer<typeof progress>);
      return arrival ? undefined : { againInMs: nextLookMs(run.attempts) };
    },
  });

interface Look {
  /** Counted from 1. */
  number: number;
  couldReadBefore: boolean;
}

/** No arrival while there is nothing to say yet. */
async function lookOnce(
  deps: AppDeps,
  event: CustomerEvent,
  { reset }: ResetFacts,
  { number, couldReadBefore }: Look,
): Promise<{ couldRead: boolean; arrival?: Arrival }> {
  const now = deps.clock.now();
  const looked = { checkedAt: now, looks: number };
  const customer = await deps.stores.customers.get(event.customerId);
  const office365 = customer?.value.status === 'active' ? customer.value.office365 : undefined;
  if (!office365 || !('tenant' in office365)) {
    const finding = 'Office 365 is not connected any more';
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
    const finding = await reason(deps, event.customerId, tenantId, {
      cloud,
      mustChange: reset.mustChange,
      since,
    });
    return { couldRead, arrival: { state: 'notThere', ...looked, finding } };
  }
  return couldReadBefore
    ? { couldRead, arrival: { state: 'notThere', ...looked, finding: `At the last look: ${unreadable}` } }
    : { couldRead, arrival: { state: 'notKnown', ...looked, finding: unreadable } };
}

async function reason(
  deps: AppDeps,
  customerId: string,
  tenantId: string,
  known: Pick<Circumstances, 'cloud' | 'mustChange' | 'since'>,
): Promise<string> {
  const lastPasswordSyncAt = await deps.directory.lastPasswordSyncAt(tenantId);
  const connect = await connectStates(deps, customerId);
  return whyNotThere({ ...known, connect, ...(lastPasswordSyncAt !== undefined && { lastPasswordSyncAt }) });
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
    const { finding, cure } = refusalWords(error);
    return { unreadable: `${finding} ${cure}` };
  }
}

async function connectStates({ stores }: AppDeps, customerId: string): Promise<Circumstances['connect']> {
  const { items } = await stores.agents.list({ where: { customerId }, limit: 100 });
  return items.flatMap(({ value }) =>
    value.state === 'online' && value.health ? [value.health.connect.state] : [],
  );
}

/** Writes it into the event, once, and has the cards that tell it brought up to date. */
async function note(deps: NoteDeps, eventId: string, arrival: Arrival): Promise<void> {
  const noted = await change(deps.stores.events, eventId, (event) =>
    'arrival' in event.facts && event.facts.arrival.state === 'checking'
      ? { ...event, facts: { ...event.facts, arrival } }
      : undefined,
  );
  if (noted && 'arrival' in noted.value.facts) await touch(deps, noted.value);
}

async function touch({ stores, clock }: NoteDeps, { noticeId }: CustomerEvent): Promise<void> {
  if (noticeId) await touchNotice({ notices: stores.notices, clock }, noticeId);
}
