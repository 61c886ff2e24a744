import { z } from 'zod';
import { tenantWatch } from '../../domain/schedules/kinds/tenantWatch';
import { connectionOf, watchTenant as watch } from '../../domain/tenants/watchTenant';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const inputSchema = z.object({ customerId: z.string().max(100) });
/** The connection's state before the tests: they change it, and a run after a crash would see no change. */
const progress = z.object({ was: z.string() });

/** Tests a connection although nobody asked. */
export const watchTenant = (deps: AppDeps) =>
  jobKind({
    kind: tenantWatch.kind,
    schema: inputSchema,
    async handle({ customerId }, run) {
      const was = progress.safeParse(run.progress).data?.was ?? (await connectionOf(deps, customerId));
      if (was === undefined) return undefined;
      await run.save({ was } satisfies z.infer<typeof progress>);
      await watch(deps, { customerId, was, watchId: run.id, requestId: `${run.id}:${run.attempts}` });
      return undefined;
    },
  });
