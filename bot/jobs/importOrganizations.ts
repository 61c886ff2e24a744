import type { z } from 'zod';
import { failImport, runById } from '../../domain/imports/changeRun';
import type { ImportRun } from '../../domain/imports/importRun';
import { readAhead } from '../../domain/imports/readAhead';
import { isPassing, readNextPage } from '../../domain/imports/readNextPage';
import { loadIndex } from '../../domain/imports/runIndex';
import { openSource } from '../../domain/integrations/listIntegrations';
import { SourceRefused } from '../../domain/organizations/ports';
import { actorOf } from '../../domain/people/people';
import { permit } from '../../domain/people/permit';
import type { Actor } from '../../domain/people/person';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../proactive';
import { progressCard, showImport } from '../views/showImport';
import { IMPORT_ORGANIZATIONS, type ImportInput, importCard, importInput, sentenceFor } from './importJob';
import { type JobRun, jobKind } from './jobKind';

type ImportCard = ReturnType<typeof importCard>;

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
      let pause: { againInMs: number } | undefined;
      await proactive.in(input.reference, async (context) => {
        const card = importCard(deps, context, run, input.cardId);
        pause = await read(deps, actor, input.runId, run, card);
        if (!pause) await card.show(await showImport(deps, actor, input.runId));
      });
      return pause;
    },
  });

/** Resolves to how long the vendor is to be left alone, when it cannot be read at the moment. */
async function read(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  job: JobRun,
  card: ImportCard,
): Promise<{ againInMs: number } | undefined> {
  let run: Stored<ImportRun> | undefined;
  try {
    permit(actor, 'organizations.import');
    run = await runById(deps.importRuns, runId);
    if (run.value.state !== 'reading') return undefined;
    const first = run;
    await card.showNow(() => progressCard(deps, first, false));
    const source = readAhead((await openSource(deps, run.value.integrationId)).source);
    const index = await loadIndex(deps, { ...run.value, id: runId });
    while (run.value.state === 'reading') {
      const read: Stored<ImportRun> = await readNextPage(deps, source, index, runId);
      run = read;
      await card.save();
      if (read.value.state === 'reading') await card.showNow(() => progressCard(deps, read, false));
    }
  } catch (error) {
    const pause = run && error instanceof SourceRefused && (await pauseFor(deps, run, error, card));
    if (pause) return pause;
    const sentence = sentenceFor(error, job);
    if (!sentence) throw error;
    deps.log.warn({ err: error, run: runId }, 'an import could not go on');
    await failImport(deps, runId, sentence);
  }
  return undefined;
}

const PAUSES = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/** What was read stays; after the pause, which people see, it goes on there. Undefined when waiting has not helped. */
async function pauseFor(
  deps: AppDeps,
  run: Stored<ImportRun>,
  error: SourceRefused,
  card: ImportCard,
): Promise<{ againInMs: number } | undefined> {
  if (!isPassing(error, run.value)) return undefined;
  const times = await card.pausedAt(run.value.pagesRead);
  if (times > PAUSES) return undefined;
  const asked = error.refusal === 'throttled' ? Number(error.detail ?? 0) * 1000 : 0;
  const againInMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS * 2 ** (times - 1), asked));
  deps.log.warn({ run: run.id, refusal: error.refusal, againInMs }, 'an import waits for the vendor');
  const note = `The vendor cannot be read at the moment. What was read is kept; it goes on by itself in ${Math.ceil(againInMs / 1000)} seconds.`;
  await card.show(progressCard(deps, run, false, note));
  return { againInMs };
}
