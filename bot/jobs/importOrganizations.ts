import type { z } from 'zod';
import { failImport, runById } from '../../domain/imports/changeRun';
import { readNextPage } from '../../domain/imports/readNextPage';
import { loadIndex } from '../../domain/imports/runIndex';
import { openSource } from '../../domain/integrations/listIntegrations';
import { actorOf } from '../../domain/people/people';
import { permit } from '../../domain/people/permit';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../proactive';
import { progressCard, showImport } from '../views/showImport';
import { IMPORT_ORGANIZATIONS, type ImportInput, importCard, importInput, sentenceFor } from './importJob';
import { type JobRun, jobKind } from './jobKind';

/** Reads all organizations of a run, page after page, on one card that becomes the review. */
export const importOrganizations = (deps: AppDeps, proactive: Proactive) =>
  jobKind<ImportInput>({
    kind: IMPORT_ORGANIZATIONS,
    schema: importInput as z.ZodType<ImportInput>,
    async handle(input, run) {
      const actor = await actorOf(deps, input.actor);
      if (!actor?.permissions.has('organizations.import')) {
        await failImport(deps, input.runId, 'Whoever started it may not import any more. Start it again.');
        return undefined;
      }
      await proactive.in(input.reference, async (context) => {
        const card = importCard(deps, context, run, input.cardId);
        await read(deps, actor, input.runId, run, card);
        await card.show(await showImport(deps, actor, input.runId));
      });
      return undefined;
    },
  });

async function read(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  job: JobRun,
  card: ReturnType<typeof importCard>,
): Promise<void> {
  try {
    permit(actor, 'organizations.import');
    let run = await runById(deps.importRuns, runId);
    if (run.value.state !== 'reading') return;
    await card.showNow(() => progressCard(deps, run, false));
    const { source } = await openSource(deps, run.value.integrationId);
    const index = await loadIndex(deps, { ...run.value, id: runId });
    while (run.value.state === 'reading') {
      run = await readNextPage(deps, source, index, runId);
      await card.save();
      if (run.value.state === 'reading') await card.showNow(() => progressCard(deps, run, false));
    }
  } catch (error) {
    const sentence = sentenceFor(error, job);
    if (!sentence) throw error;
    deps.log.warn({ err: error, run: runId }, 'an import could not go on');
    await failImport(deps, runId, sentence);
  }
}
