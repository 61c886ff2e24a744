import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/card';
import { timeOfDay } from '../../cards/format';
import type { Pauses } from '../../domain/imports/reading/vendorPause';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { JobRun } from '../../domain/jobs/jobRun';
import type { AppDeps } from '../appDeps';
import { createLiveCard } from '../turns/liveCard';
import type { Turn } from '../turns/turn';

/** What the work of an import is begun with: which run, on whose behalf, and where its card is. */
export const importInput = z.object({
  runId: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), conversationId: z.string() }),
  reference: z.unknown(),
  /** The card to be brought up to date; a new one is sent when absent. */
  cardId: z.string().optional(),
});
export type ImportInput = z.infer<typeof importInput>;

export const IMPORT_ORGANIZATIONS = 'importOrganizations';
export const APPLY_IMPORT = 'applyImport';

/** Has a run read in the background, with its card in this conversation; the same run again changes nothing. */
export const enqueueReading = (deps: AppDeps, turn: Turn, runId: string): Promise<void> =>
  enqueueJob(deps, {
    id: `import:${runId}`,
    kind: IMPORT_ORGANIZATIONS,
    input: inputOf(turn, runId),
    awaited: true,
  });

/** Has a run applied in the background, on the card that was clicked. */
export const enqueueApplying = (
  deps: AppDeps,
  turn: Turn,
  run: { id: string; value: { applyRequest?: string } },
): Promise<void> =>
  enqueueJob(deps, {
    id: `apply:${run.id}:${run.value.applyRequest ?? ''}`,
    kind: APPLY_IMPORT,
    awaited: true,
    input: inputOf(turn, run.id, turn.envelope.replyToId),
  });

function inputOf({ actor, reference }: Turn, runId: string, cardId?: string): ImportInput {
  const { id, name, conversationId } = actor;
  return { runId, actor: { id, name, conversationId }, reference, ...(cardId && { cardId }) };
}

const SHOW_EVERY_MS = 1_000;
const progressSchema = z
  .object({
    cardId: z.string().optional(),
    pauses: z.object({ at: z.number(), count: z.number() }).optional(),
    /** The attempt that began last: met again by the same one, that was not ended. */
    attempt: z.number().optional(),
  })
  .catch({});

export type ImportCard = ReturnType<typeof importCard>;

/** The card of a running import, which is not shown more often than people can read; and the job's lease. */
export function importCard(deps: AppDeps, context: TurnContext, run: JobRun, knownId: string | undefined) {
  const before = progressSchema.parse(run.progress);
  let cardId = before.cardId ?? knownId;
  let { pauses } = before;
  let shownAt = Number.NEGATIVE_INFINITY;
  const takenOver = before.attempt === run.attempts;
  let attempt: number | undefined = run.attempts;
  const progress = () => ({
    ...(cardId && { cardId }),
    ...(pauses && { pauses }),
    ...(attempt !== undefined && { attempt }),
  });
  const keep = async (id: string) => {
    cardId = id;
    await run.save(progress());
  };
  const live = createLiveCard(context, cardId, keep, deps.log);
  const showNow = async (card: () => Card): Promise<void> => {
    if (deps.clock.now() - shownAt < SHOW_EVERY_MS) return;
    shownAt = deps.clock.now();
    await live.show(card());
  };
  return {
    /** Said on the card of work that another instance had begun, or this one before it was restarted. */
    said: takenOver ? `Picked up again at ${timeOfDay(deps.clock.now())} after an interruption.` : '',
    /** Writes down that the work has begun, so that whoever takes it over knows it. */
    async begin(card: () => Card): Promise<void> {
      await run.save(progress());
      await showNow(card);
    },
    save: () => run.save(progress()),
    show: (card: Card) => live.show(card),
    showNow,
    pauses: () => pauses,
    /** The work ends with it. */
    async paused(now: Pauses): Promise<void> {
      attempt = undefined;
      pauses = now;
      await run.save(progress());
    },
  };
}
