import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/shared/card';
import { line, time } from '../../cards/shared/time';
import type { Pauses } from '../../domain/imports/reading/vendorPause';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { JobRun } from '../../domain/jobs/jobRun';
import type { AppDeps } from '../appDeps';
import { createLiveCard } from '../turns/liveCard';
import type { Turn } from '../turns/turn';

/** The input of an import's work: the run, the actor, and the card's conversation. */
export const importInput = z.object({
  runId: z.string(),
  actor: z.object({ id: z.string(), name: z.string(), conversationId: z.string() }),
  reference: z.unknown(),
  /** The card to update; absent: the job sends a new one. */
  cardId: z.string().optional(),
});
export type ImportInput = z.infer<typeof importInput>;

export const IMPORT_ORGANIZATIONS = 'importOrganizations';
export const APPLY_IMPORT = 'applyImport';

/**
 * Reads a run in the background, with its card in this conversation; a repeat for the same run changes
 * nothing.
 */
export const enqueueReading = (deps: AppDeps, turn: Turn, runId: string): Promise<void> =>
  enqueueJob(deps, {
    id: `import:${runId}`,
    kind: IMPORT_ORGANIZATIONS,
    input: inputOf(turn, runId),
    awaited: true,
  });

/** Applies a run in the background, on the card that was clicked. */
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
    /** The last attempt that began: the same number again means that it was interrupted. */
    attempt: z.number().optional(),
  })
  .catch({});

export type ImportCard = ReturnType<typeof importCard>;

/** The card of a running import, updated no faster than people can read; and the job's lease. */
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
    /** What the card says when another instance, or this one before a restart, had begun the work. */
    said: takenOver ? line`Picked up again at ${time(deps.clock.now())} after an interruption.` : '',
    /** Records that the work has begun, so that the instance that takes it over knows. */
    async begin(card: () => Card): Promise<void> {
      await run.save(progress());
      await showNow(card);
    },
    save: () => run.save(progress()),
    show: (card: Card) => live.show(card),
    showNow,
    pauses: () => pauses,
    /** Stores the pause; this attempt ends with it. */
    async paused(now: Pauses): Promise<void> {
      attempt = undefined;
      pauses = now;
      await run.save(progress());
    },
  };
}
