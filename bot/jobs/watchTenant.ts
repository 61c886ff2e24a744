import { z } from 'zod';
import type { Customer } from '../../domain/customers/customer';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { Clock } from '../../domain/ports';
import { pages } from '../../domain/stores/pages';
import type { Stores } from '../../domain/stores/stores';
import { connectionOf, watchTenant as watch } from '../../domain/tenants/watchTenant';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const WATCH_TENANT = 'watchTenant';
const inputSchema = z.object({ customerId: z.string().max(100) });
/** What was said of the connection before the tests: they change it, and a run after a crash would see no change. */
const progress = z.object({ was: z.string() });

/** Tests a connection without anybody asking. */
export const watchTenant = (deps: AppDeps) =>
  jobKind<z.infer<typeof inputSchema>>({
    kind: WATCH_TENANT,
    schema: inputSchema,
    async handle({ customerId }, run) {
      const was = progress.safeParse(run.progress).data?.was ?? (await connectionOf(deps, customerId));
      if (was === undefined) return undefined;
      await run.save({ was } satisfies z.infer<typeof progress>);
      await watch(deps, { customerId, was, watchId: run.id, requestId: `${run.id}:${run.attempts}` });
      return undefined;
    },
  });

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
