import type { TurnContext } from 'botbuilder';
import type { ConversationState, PendingReplies } from '../../domain/conversations/conversationState';
import type { Log, Stored } from '../../domain/ports';
import { change, put } from '../../domain/stores/change';
import type { Needs } from '../../domain/stores/core';
import { classified, waitOf } from '../sending/sendResult';
import { createKeyedQueue } from './keyedQueue';
import { referenceOf } from './reference';
import { type ButtonLink, put as putReply, type Reply } from './reply';

/** A turn before its commit: nothing of it exists outside this object. */
export interface TurnDraft {
  dialogs: { dialogStack: unknown[] };
  replies: Reply[];
  /** The message with the card of the open step, as far as it is known. */
  stepCard?: string;
}

export interface ConversationLane {
  /**
   * Works out one turn and commits it: dialog stack, answered turns and replies change in one
   * compare-and-set, and only then are the replies sent. Turns of one key run one after another here; a turn
   * that meets a turn of another instance is worked out again, before anything is sent. Resolves to false
   * when `turnId` was answered already. `log` receives the replies that could not be delivered.
   */
  run(
    context: TurnContext,
    key: string,
    turnId: string,
    work: (draft: TurnDraft) => Promise<void>,
    log?: Log,
  ): Promise<boolean>;
  /** Sends a batch that a dead instance decided on and did not send; for the background. */
  resume(key: string, turnId: string, context: TurnContext): Promise<void>;
  /**
   * Notes as sent what this instance sent while the store was away, before anybody sends it again; for the
   * background.
   */
  settleSent(): Promise<void>;
}

const REMEMBERED = 30;
/** Long enough for the sender to finish; after that another instance takes over. */
const TAKEOVER_MS = 30_000;
const GIVE_UP_AFTER = 8;

export function createConversationLane(
  deps: Needs<'conversations', 'clock' | 'log'> & { buttonLink: ButtonLink },
): ConversationLane {
  const enqueue = createKeyedQueue();
  const lane: Lane = { ...deps, unsettled: new Map() };
  return {
    run: (context, key, turnId, work, log = deps.log) =>
      enqueue(key, async () => {
        const committed = await commit(deps, context, key, turnId, work);
        const outcome = committed && (await deliver({ ...lane, log }, context, committed, turnId));
        // The next turn of this conversation waits for this; the person does not.
        if (outcome) void enqueue(key, () => settleSafely(lane, outcome));
        return committed !== undefined;
      }),
    resume: (key, turnId, context) =>
      enqueue(key, async () => {
        const stored = await deps.stores.conversations.get(key);
        const outcome = stored && (await deliver(lane, context, stored, turnId));
        if (outcome) await settle(lane, outcome);
      }),
    async settleSent() {
      for (const outcome of [...lane.unsettled.values()])
        await enqueue(outcome.stored.id, async () => {
          if (lane.unsettled.has(batchId(outcome))) await settle(lane, outcome);
        });
    },
  };
}

type Deps = Parameters<typeof createConversationLane>[0];

/** The result of sending a batch: `rest` is what to send later, `stepCard` the card of a step in it. */
interface Outcome {
  stored: Stored<ConversationState>;
  turnId: string;
  rest: PendingReplies | undefined;
  stepCard: string | undefined;
}

/** `unsettled`: replies that this instance sent and has not noted as sent, by conversation and turn. */
type Lane = Deps & { unsettled: Map<string, Outcome> };

const batchId = ({ stored, turnId }: Pick<Outcome, 'stored' | 'turnId'>): string => `${stored.id}\n${turnId}`;

async function commit(
  deps: Deps,
  context: TurnContext,
  key: string,
  turnId: string,
  work: (draft: TurnDraft) => Promise<void>,
): Promise<Stored<ConversationState> | undefined> {
  let isAnswered = false;
  const workedOut = async (current: ConversationState | undefined) => {
    isAnswered = current?.answered.includes(turnId) ?? false;
    if (isAnswered) return undefined;
    const dialogs = current?.dialogs ?? { dialogStack: [] };
    const draft: TurnDraft = {
      dialogs,
      replies: [],
      ...(current?.stepCard && { stepCard: current.stepCard }),
    };
    await work(draft);
    return committedState(deps, referenceOf(context), current, turnId, draft);
  };
  const committed = await put(deps.stores.conversations, key, workedOut, { busy: TOO_MUCH });
  return isAnswered ? undefined : committed;
}

const TOO_MUCH =
  'Too much is happening in this conversation at once. Please check if that was done. If not, send it again.';

function committedState(
  deps: Deps,
  reference: unknown,
  before: ConversationState | undefined,
  turnId: string,
  draft: TurnDraft,
): ConversationState {
  const now = deps.clock.now();
  const batch = { turnId, reference, activities: draft.replies, sent: 0, attempts: 0 };
  return {
    dialogs: draft.dialogs,
    ...(before?.stepCard && { stepCard: before.stepCard }),
    answered: [...(before?.answered ?? []), turnId].slice(-REMEMBERED),
    pending: [
      ...(before?.pending ?? []),
      ...(draft.replies.length > 0 ? [{ ...batch, dueAt: now + TAKEOVER_MS }] : []),
    ],
    changedAt: now,
  };
}

/**
 * The turn is committed and its replies are sent: no error from here on reaches the person, because the
 * background finishes the work.
 */
async function settleSafely(deps: Lane, outcome: Outcome): Promise<void> {
  try {
    await settle(deps, outcome);
  } catch (error) {
    deps.log.error(
      { err: error, conversation: outcome.stored.id },
      'replies could not be noted as sent; tried again until the store is back',
    );
  }
}

/** Sends one batch, in order; unsent replies stay, due again after a growing pause. The caller settles it. */
async function deliver(
  deps: Lane,
  context: TurnContext,
  stored: Stored<ConversationState>,
  turnId: string,
): Promise<Outcome | undefined> {
  const batch = stored.value.pending.find((each) => each.turnId === turnId);
  if (!batch) return undefined;
  const { sent, waitMs, stepCard } = await sendAll(deps, context, batch);
  deps.log.debug?.(
    { conversation: stored.id, replies: batch.activities.length, sent, waitMs },
    waitMs === undefined ? 'replies sent' : 'replies wait',
  );
  const giveUp = batch.attempts + 1 >= GIVE_UP_AFTER;
  const again = { ...batch, sent, attempts: batch.attempts + 1, dueAt: deps.clock.now() + (waitMs ?? 0) };
  const rest = waitMs !== undefined && !giveUp ? again : undefined;
  const outcome = { stored, turnId, rest, stepCard };
  deps.unsettled.set(batchId(outcome), outcome);
  return outcome;
}

/** `waitMs` when the channel asked to wait, or was away for a moment: the rest of the batch is sent later. */
async function sendAll(
  deps: Deps,
  context: TurnContext,
  batch: PendingReplies,
): Promise<{ sent: number; waitMs?: number; stepCard?: string | undefined }> {
  const replies = batch.activities as Reply[];
  let stepCard: string | undefined;
  for (const [index, reply] of replies.entries()) {
    if (index < batch.sent) continue;
    const result = await classified(() => putReply(context, reply, deps.buttonLink));
    if (result.kind === 'throttled' || (result.kind === 'failed' && result.passing))
      return { sent: index, waitMs: waitOf(result) ?? 2000 * 2 ** batch.attempts, stepCard };
    if (result.kind === 'sent' && 'step' in reply) stepCard = result.id;
    if (result.kind !== 'sent')
      deps.log.warn(
        { result: result.kind, err: 'cause' in result ? result.cause : undefined },
        'reply not delivered',
      );
  }
  return { sent: replies.length, stepCard };
}

/** Stores the result of a batch, over whatever other turns of the conversation have written meanwhile. */
async function settle(deps: Lane, outcome: Outcome): Promise<void> {
  const { stored, turnId, rest, stepCard } = outcome;
  await change(deps.stores.conversations, stored, (state) => ({
    ...state,
    ...(stepCard && { stepCard }),
    pending: state.pending.flatMap((each) => (each.turnId === turnId ? (rest ?? []) : [each])),
  }));
  deps.unsettled.delete(batchId(outcome));
}
