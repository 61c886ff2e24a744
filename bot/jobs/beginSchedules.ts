import { z } from 'zod';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import { beginMissing } from '../../domain/schedules/beginMissing';
import type { Needs } from '../../domain/stores/core';
import type { AppDeps } from '../appDeps';
import { jobKind } from './jobKind';

const BEGIN_SCHEDULES = 'beginSchedules';

/** Makes the schedules that are missing. */
export const beginSchedules = (deps: AppDeps) =>
  jobKind({
    kind: BEGIN_SCHEDULES,
    schema: z.object({}),
    handle: () => beginMissing(deps).then(() => undefined),
  });

/** Runs at each start of the program. */
export const enqueueBeginSchedules = (deps: Needs<'jobs', 'clock' | 'random'>): Promise<void> =>
  enqueueJob(deps, { id: `${BEGIN_SCHEDULES}:${deps.random.id()}`, kind: BEGIN_SCHEDULES, input: {} });
