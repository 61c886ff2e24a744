import { failImport } from '../../domain/imports/changeRun';
import { failureSentence } from '../../domain/imports/failureSentence';
import type { ImportRun } from '../../domain/imports/importRun';
import { readRun } from '../../domain/imports/reading/readRun';
import type { Again, JobRun } from '../../domain/jobs/jobRun';
import { actorOf } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { progressCard, showImport } from '../views/showImport';
import { IMPORT_ORGANIZATIONS, type ImportCard, importCard, importInput } from './importJob';
import { jobKind } from './jobKind';
import { pausedFor } from './pausedFor';

/** Reads all organizations of a run, page after page, on one card that becomes the review. */
export const importOrganizations = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: IMPORT_ORGANIZATIONS,
    schema: importInput,
    async handle(input, run) {
      const actor = await actorOf(deps, input.actor);
      if (!actor?.permissions.has('organizations.import')) {
        await failImport(
          deps,
          input.runId,
          'The person who started it may no longer import. Start it again.',
        );
        return undefined;
      }
      let pause: Again | undefined;
      await proactive.in(input.reference, async (context) => {
        const card = importCard(deps, context, run, input.cardId);
        pause = await read(deps, actor, input.runId, run, card);
        if (!pause) await card.show(await showImport(deps, actor, input.runId));
      });
      return pause;
    },
  });

/** Resolves to how long to leave the vendor alone, when it cannot answer at the moment. */
async function read(
  deps: AppDeps,
  actor: Actor,
  runId: string,
  job: JobRun,
  card: ImportCard,
): Promise<Again | undefined> {
  let run: Stored<ImportRun> | undefined;
  try {
    await readRun(deps, actor, runId, {
      begins(first) {
        run = first;
        return card.begin(() => progressCard(deps, first, false, card.said));
      },
      async reads(read) {
        run = read;
        await card.save();
        if (read.value.state === 'reading')
          await card.showNow(() => progressCard(deps, read, false, card.said));
      },
    });
  } catch (error) {
    const pause = run && (await pausedFor(deps, run, error, card, run.value.pagesRead));
    if (pause) return pause;
    const sentence = failureSentence(error, job);
    if (!sentence) throw error;
    deps.log.warn({ err: error, run: runId }, 'an import could not go on');
    await failImport(deps, runId, sentence);
  }
  return undefined;
}
