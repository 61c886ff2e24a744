import { z } from 'zod';
import { listed } from '../../cards/format';
import type { Customer, Office365State } from '../../domain/customers/customer';
import { KeyturnError } from '../../domain/errors';
import { recordEvent } from '../../domain/events/recordEvent';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Actor } from '../../domain/people/person';
import type { Clock } from '../../domain/ports';
import { pages } from '../../domain/stores/pages';
import type { Stores } from '../../domain/stores/stores';
import { office365Label } from '../../domain/tenants/office365Label';
import { runChecks } from '../../domain/tenants/runChecks';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const WATCH_TENANT = 'watchTenant';
const inputSchema = z.object({ customerId: z.string().max(100) });
/** What was said of the connection before the tests: they change it, and whoever goes on after a crash would see no change. */
const progress = z.object({ was: z.string() });

/** In whose name the daily tests stand in the audit trail. */
const KEYTURN: Actor = {
  id: 'keyturn',
  name: 'Keyturn',
  conversationId: '',
  permissions: new Set(['tenants.connect'] as const),
};

/**
 * Tests a connection without anybody asking, and tells those who want to know when it got worse: a consent that was withdrawn is found
 * before a reset fails by it.
 */
export const watchTenant = (deps: AppDeps) =>
  jobKind<z.infer<typeof inputSchema>>({
    kind: WATCH_TENANT,
    schema: inputSchema,
    async handle({ customerId }, run) {
      const before = (await deps.stores.customers.get(customerId))?.value;
      if (before?.status !== 'active' || before.office365.state !== 'connected') return undefined;
      try {
        const was =
          progress.safeParse(run.progress).data?.was ?? office365Label(answered(before.office365)).text;
        await run.save({ was } satisfies z.infer<typeof progress>);
        const request = { customerId, requestId: `${run.id}:${run.attempts}` };
        const after = await runChecks(deps, KEYTURN, request, () => undefined);
        await tellDegraded(deps, run.id, was, after);
      } catch (error) {
        // Removed, disconnected or changed in the meantime: there is nothing to watch.
        if (!(error instanceof KeyturnError)) throw error;
      }
      return undefined;
    },
  });

const GOOD = 'connected';

async function tellDegraded(
  deps: AppDeps,
  jobId: string,
  was: string,
  after: { id: string; value: Customer },
): Promise<void> {
  const office365 = answered(after.value.office365);
  const is = office365Label(office365);
  if (is.tag === GOOD || is.text === was) return;
  const now = deps.clock.now();
  await recordEvent(deps.stores, `degraded|${after.id}|${jobId}`, {
    customerId: after.id,
    at: now,
    toldAt: now,
    privileged: false,
    facts: { kind: 'connectionDegraded', finding: `Office 365: ${is.text}. ${curesOf(office365)}` },
    dueAt: now,
  });
}

/** What Microsoft answered: that it does not says nothing about the connection, and neither does what was not tested for that. */
function answered(office365: Office365State): Office365State {
  if (!('tenant' in office365)) return office365;
  const { tenant } = office365;
  const checks = tenant.checks.filter(({ state, unavailable }) => state !== 'notRun' && !unavailable);
  return { ...office365, tenant: { ...tenant, checks } };
}

const curesOf = (office365: Office365State): string =>
  'tenant' in office365
    ? listed(office365.tenant.checks.flatMap(({ cure }) => cure ?? []).slice(0, 2)) || 'Test the connection.'
    : '';

/** Once a day for each connected customer, spread over the day, whichever instance comes first. */
export async function enqueueTenantWatch(
  deps: Pick<Stores, 'customers' | 'jobs'> & { clock: Clock },
): Promise<void> {
  const now = deps.clock.now();
  const day = new Date(now).toISOString().slice(0, 10);
  for await (const page of pages(deps.customers, { where: { status: 'active' } }))
    for (const { id, value } of page)
      if (isDue(value, now))
        await enqueueJob(deps, {
          id: `watch:${id}:${day}`,
          kind: WATCH_TENANT,
          input: { customerId: id },
          customerId: id,
        });
}

const DAY_MS = 24 * 60 * 60 * 1000;

const isDue = ({ office365 }: Customer, now: number): boolean =>
  office365.state === 'connected' && now - (office365.tenant.checkedAt ?? office365.since) >= DAY_MS;
