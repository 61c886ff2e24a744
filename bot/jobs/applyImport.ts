import type { z } from 'zod';
import { applyImport as apply, reopenReview } from '../../domain/imports/applyImport';
import { runById } from '../../domain/imports/changeRun';
import type { Results } from '../../domain/imports/counts';
import { openSource } from '../../domain/integrations/listIntegrations';
import { actorOf } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../proactive';
import { progressCard, showImport } from '../views/showImport';
import { APPLY_IMPORT, type ImportInput, importCard, importInput, sentenceFor } from './importJob';
import { type JobRun, jobKind } from './jobKind';

/** Does what was chosen, in batches, on the card that becomes the result. */
export const applyImport = (deps: AppDeps, proactive: Proactive) =>
  jobKind<ImportInput>({
    kind: APPLY_IMPORT,
    schema: importInput as z.ZodType<ImportInput>,
    async handle(input, run) {
      const actor = await actorOf(deps, input.actor);
      if (!actor?.permissions.has('organizations.import') || !actor.permissions.has('customers.write')) {
        await reopenReview(deps, input.runId);
        return undefined;
      }
      await proactive.in(input.reference, async (context) => {
        const card = importCard(deps, context, run, input.cardId);
        const problem = await applied(deps, actor, input.runId, run, card);
        await card.show(await showImport(deps, actor, input.runId, { ...(problem && { problem }) }));
      });
      return undefined;
    },
  });

/** Resolves to why nothing could be applied: the review is open again then, with its choices. */
async function applied(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  job: JobRun,
  card: ReturnType<typeof importCard>,
): Promise<string | undefined> {
  try {
    const run = await runById(deps.importRuns, runId);
    if (run.value.state !== 'applying') return undefined;
    const { source } = await openSource(deps, run.value.integrationId);
    await apply(deps, actor, source, runId, async (results: Results) => {
      await card.save();
      await card.showNow(() => progressCard(deps, { ...run, value: { ...run.value, results } }, false));
    });
    return undefined;
  } catch (error) {
    const sentence = sentenceFor(error, job);
    if (!sentence) throw error;
    deps.log.warn({ err: error, run: runId }, 'an import could not be applied');
    await reopenReview(deps, runId);
    return sentence;
  }
}
