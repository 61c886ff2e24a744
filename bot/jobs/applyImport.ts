import { applyImport as apply, noteResults, reopenReview } from '../../domain/imports/applyImport';
import type { Results } from '../../domain/imports/counts';
import { failureSentence } from '../../domain/imports/failureSentence';
import { openSource } from '../../domain/integrations/listIntegrations';
import type { Again, JobRun } from '../../domain/jobs/jobRun';
import { SourceRefused } from '../../domain/organizations/ports';
import { actorOf } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { progressCard, showImport } from '../views/showImport';
import { APPLY_IMPORT, type ImportCard, importCard, importInput } from './importJob';
import { jobKind } from './jobKind';
import { pausedFor } from './pausedFor';

/** Applies the choices in batches, on the card that becomes the result. */
export const applyImport = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: APPLY_IMPORT,
    schema: importInput,
    async handle(input, run) {
      const actor = await actorOf(deps, input.actor);
      if (!actor?.permissions.has('organizations.import') || !actor.permissions.has('customers.write')) {
        await reopenReview(deps, input.runId);
        return undefined;
      }
      return proactive.in(input.reference, async (context) => {
        const card = importCard(deps, context, run, input.cardId);
        const { pause, problem } = await applied(deps, actor, input.runId, run, card);
        if (!pause)
          await card.show(await showImport(deps, actor, input.runId, { ...(problem && { problem }) }));
        return pause;
      });
    },
  });

/** `pause`: how long to leave the vendor alone. `problem`: why the review is open again, with its choices. */
async function applied(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  job: JobRun,
  card: ImportCard,
): Promise<{ pause?: Again; problem?: string }> {
  try {
    const run = await noteResults(deps, runId);
    if (run.value.state !== 'applying') return {};
    await card.begin(() => progressCard(deps, run, false, card.said));
    const { source } = await openSource(deps, run.value.integrationId);
    await apply(deps, actor, source, runId, async (results: Results) => {
      await card.save();
      await card.showNow(() =>
        progressCard(deps, { ...run, value: { ...run.value, results } }, false, card.said),
      );
    });
    return {};
  } catch (error) {
    const pause = await pauseOf(deps, runId, error, card);
    if (pause) return { pause };
    const problem = failureSentence(error, job);
    if (!problem) throw error;
    deps.log.warn({ err: error, run: runId }, 'an import could not be applied');
    await reopenReview(deps, runId);
    return { problem };
  }
}

/** Waits for the vendor, as the reading does: counts what is done, and says it. */
async function pauseOf(deps: AppDeps, runId: string, error: unknown, card: ImportCard) {
  if (!(error instanceof SourceRefused)) return undefined;
  const run = await noteResults(deps, runId);
  const done = Object.values(run.value.results).reduce((sum, count) => sum + count, 0);
  return run.value.state === 'applying' ? pausedFor(deps, run, error, card, done) : undefined;
}
