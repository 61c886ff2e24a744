import { hash } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { auditRefusal } from '../../domain/audit/recordAudit';
import { hourly } from '../../domain/audit/refusals';
import { KeyturnError } from '../../domain/errors';
import type { Actor } from '../../domain/people/person';
import type { Log } from '../../domain/ports';
import { forgetMembersOf } from '../access/conversationMembers';
import { admit, nobody } from '../access/gate';
import type { AppDeps } from '../appDeps';
import { type Envelope, envelopeOf, envelopeOfRead, type ReadActivity } from '../channel/envelope';
import { noteRemoval } from '../installs/references';
import { logOfRequest } from '../logging/log';
import type { TurnDraft } from './conversationLane';
import { respond } from './invokeResponse';
import { referenceOf } from './reference';
import { bindTurn, type Turn } from './turn';
import { toldOf } from './turnErrors';

/** Activities in which a person speaks: only they get an answer when the person is refused. */
const SPEAKS = new Set(['message', 'invoke', 'installationUpdate']);

/**
 * The logic behind the adapter: admits the turn, works it out in its lane, answers the invoke. Logs every
 * fault with the id of the HTTP request. Never throws.
 */
export function createTurnHandler(deps: AppDeps, app: { run(context: TurnContext): Promise<boolean> }) {
  return async (context: TurnContext, httpRequestId: string, read?: ReadActivity): Promise<void> => {
    const log = logOfRequest(deps.log, httpRequestId);
    const envelope = read ? envelopeOfRead(read) : envelopeOf(context.activity);
    if (!envelope) {
      log.warn({}, 'an activity without a sender was left alone');
      return respond(context, undefined, true, 'I can’t see who you are, so I did nothing.');
    }
    const { key, turnId } = identityOf(deps, envelope);
    let turn: Turn | undefined;
    let tries = 0;
    const began = performance.now();
    const work = async (draft: TurnDraft): Promise<void> => {
      tries++;
      if (envelope.joined) await forgetMembersOf(deps, envelope.sender);
      if (envelope.bot === 'removed') await noteRemoval(deps, envelope.sender);
      else turn = await workOut({ ...deps, log }, app, context, { envelope, key, turnId }, draft);
    };
    try {
      const fresh = await deps.lane.run(context, key, turnId, work, log);
      await respond(context, fresh ? turn?.replaced : undefined, fresh, turn?.noted);
      log.debug?.(
        {
          conversation: key,
          type: envelope.type,
          ran: turn?.ran,
          tries,
          ms: Math.round(performance.now() - began),
        },
        fresh ? 'turn done' : 'turn left: it was answered before',
      );
    } catch (error) {
      await tellUnsaved(log, context, error);
    }
    deps.wakeJobs();
  };
}

/** An activity without an id counts as new: nothing distinguishes it from the next one. */
function identityOf(
  deps: AppDeps,
  { type, name, id = deps.random.id(), sender }: Envelope,
): { key: string; turnId: string } {
  // One person's state in one conversation.
  const key = `${sender.conversationId}|${sender.personId ?? sender.channelUserId}`;
  return { key, turnId: [type, name, id].filter(Boolean).join(':') };
}

async function workOut(
  deps: AppDeps,
  app: { run(context: TurnContext): Promise<boolean> },
  context: TurnContext,
  { envelope, key, turnId }: { envelope: Envelope; key: string; turnId: string },
  draft: TurnDraft,
): Promise<Turn> {
  // As text: the handlers change the stack itself, and most turns do not need its earlier state.
  const before = JSON.stringify(draft.dialogs);
  const requestId = hash('sha256', `${key}\n${turnId}`, 'base64url');
  const { sender, type } = envelope;
  const who = { actor: nobody(sender), envelope, conversationKey: key, requestId };
  const stepCard = envelope.name === 'signin/verifyState' ? draft.stepCard : undefined;
  const turn = bindTurn(context, draft, { ...who, reference: referenceOf(context), stepCard });
  try {
    const admission = await admit(deps, context, sender);
    if ('refusal' in admission) {
      if (SPEAKS.has(type)) turn.say({ text: admission.refusal });
      return turn;
    }
    turn.actor = admission.actor;
    await app.run(context);
  } catch (error) {
    const { sentence, known } = toldOf(error, deps.log);
    draft.dialogs = known ? JSON.parse(before) : { dialogStack: [] };
    draft.replies.length = 0;
    delete turn.replaced;
    delete turn.noted;
    turn.say({ text: sentence });
    if (error instanceof KeyturnError && error.code === 'notAllowed')
      await noteRefusal(deps, turn.actor, sentence);
  }
  return turn;
}

const noteRefusal = (deps: AppDeps, actor: Actor, reason: string): Promise<void> =>
  auditRefusal(deps, actor, hourly(deps, actor.id, reason), { target: 'Keyturn', reason });

/**
 * The turn could not be saved, so nothing of it happened. Sends this directly, because there is nowhere to
 * store it.
 */
async function tellUnsaved(log: Log, context: TurnContext, error: unknown): Promise<void> {
  const { sentence } = toldOf(error, log);
  try {
    if (context.activity.type === 'message') await context.sendActivity(sentence);
    await respond(context, undefined, true, sentence);
  } catch (sendError) {
    log.error({ err: sendError }, 'a failed turn could not be told');
  }
}
