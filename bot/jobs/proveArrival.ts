import { z } from 'zod';
import { proveArrival as prove } from '../../domain/resets/proveArrival';
import { PROVE_ARRIVAL } from '../../domain/resets/trackArrival';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const inputSchema = z.object({ eventId: z.string().max(400) });
/** Whether an earlier try could read Microsoft 365: stored by the first try that could. */
const progress = z.object({ couldRead: z.literal(true) });

/** Looks for a reset in Microsoft 365 until it is there or ten minutes are over. */
export const proveArrival = (deps: AppDeps) =>
  jobKind({
    kind: PROVE_ARRIVAL,
    schema: inputSchema,
    async handle({ eventId }, run) {
      const couldReadBefore = progress.safeParse(run.progress).success;
      const next = await prove(deps, eventId, { number: run.attempts + 1, couldReadBefore });
      if (next === 'done') return undefined;
      const { couldRead, againInMs } = next;
      if (couldRead && !couldReadBefore) await run.save({ couldRead } satisfies z.infer<typeof progress>);
      return { againInMs };
    },
  });
