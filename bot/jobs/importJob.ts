import type { TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../../cards/card';
import { timeOfDay } from '../../cards/format';
import { KeyturnError } from '../../domain/errors';
import { sourceSentence } from '../../domain/integrations/sourceSentences';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { JobRun } from '../../domain/jobs/jobRun';
import { SourceRefused } from '../../domain/organizations/ports';
import type { AppDeps } from '../appDeps';
import { createLiveCard } from '../turns/liveCard';
import type { Turn } from '../turns/turn';
import { wasTakenOver } from './jobKind';

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
    /** How often the vendor was waited for since page, or row, `at` was to be read or applied. */
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
    /** How often this page, or row, was waited for, this time among them. The work ends with it. */
    async pausedAt(at: number): Promise<number> {
      attempt = undefined;
      pauses = { at, count: pauses?.at === at ? pauses.count + 1 : 1 };
      await run.save(progress());
      return pauses.count;
    },
  };
}

const FAULT = 'Something went wrong in Keyturn, again and again. Try again later; the log says what it was.';

/** What is said to the people of an import that could not go on; undefined for what another try may mend. */
export function sentenceFor(error: unknown, { last }: JobRun): string | undefined {
  if (error instanceof SourceRefused) return sourceSentence(error);
  if (error instanceof KeyturnError && error.code !== 'tryLater') return error.sentence;
  return last && !wasTakenOver(error) ? FAULT : undefined;
}
