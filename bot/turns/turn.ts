import type { TurnContext } from 'botbuilder';
import type { Card } from '../../cards/shared/card';
import { bindTurnIo, type TurnIo, turnIo } from '../../dialogs/runner/turnIo';
import { isPersonal } from '../../domain/conversations/conversationKind';
import type { Actor } from '../../domain/people/person';
import type { Envelope, Sender } from '../channel/envelope';
import type { TurnDraft } from './conversationLane';
import { repliesOf, updateOf } from './reply';

/** One admitted turn, as commands, card actions and events receive it. */
export interface Turn extends TurnIo {
  context: TurnContext;
  /** The activity, read once; handlers read nothing else of it. */
  envelope: Envelope;
  sender: Sender;
  /** The command or button that the turn was for, for the log. */
  ran?: string;
  /** The id of this very activity: the same when the channel repeats it. */
  requestId: string;
  /** The new face of the clicked card, which answers the card's invoke. */
  replaced?: Card;
  /** The new face of the clicked card for the person who clicked, and for nobody else; not stored. */
  replaceForMe(card: Card): void;
  /** What the person who clicked reads when the card stays as it is. */
  noted?: string;
}

/** Makes the turn of `draft` and binds it to the context, where handlers find it. */
export function bindTurn(
  context: TurnContext,
  draft: TurnDraft,
  {
    stepCard,
    ...who
  }: {
    actor: Actor;
    envelope: Envelope;
    conversationKey: string;
    requestId: string;
    reference: unknown;
    /** The message that `replace` changes in a turn without a click on a card. */
    stepCard?: string | undefined;
  },
): Turn {
  const { type, value, replyToId, sender } = who.envelope;
  const clicked = (type === 'invoke' || value ? replyToId : undefined) ?? stepCard;
  const turn: Turn = {
    ...who,
    sender,
    conversationId: sender.conversationId,
    personal: isPersonal(sender),
    ...(clicked && { clicked }),
    context,
    dialogs: draft.dialogs,
    say: (say) => draft.replies.push(...repliesOf(say, who.actor, who.conversationKey)),
    note: (sentence) => {
      turn.noted = sentence;
      if (type !== 'invoke') turn.say({ text: sentence });
    },
    replaceForMe: (card) => {
      turn.replaced = card;
    },
    replace: (card, step) => {
      turn.replaced = card;
      if (clicked) draft.replies.push(updateOf(clicked, card, step));
      else if (step || (value && type !== 'invoke')) turn.say({ card, ...(step && { step }) });
    },
    showOn: (cardId, card, step) => {
      if (cardId === clicked) turn.replace(card, step);
      else draft.replies.push(updateOf(cardId, card, step));
    },
  };
  bindTurnIo(context, turn);
  return turn;
}

/** The turn that is bound to this context. */
export const turnOf = (context: TurnContext): Turn => turnIo(context) as Turn;
