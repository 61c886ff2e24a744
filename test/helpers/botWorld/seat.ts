import type { Activity, Mention } from 'botbuilder';
import { faultyCalls } from '../bot/cardCalls';
import type { Bot } from './bot';
import { pressed, textOf } from './cardReader';
import type { Message, Teams } from './teams';

export interface Who {
  /** Entra object id; undefined for a person whose id Teams does not report. */
  id?: string;
  channelId: string;
  name: string;
  tenantId: string;
}

export interface Conversation {
  id: string;
  kind: 'personal' | 'groupChat' | 'channel';
}

/** The results of one action of a person. */
export interface Seen {
  /** New messages, in order. */
  messages: Message[];
  answer?: { status: number; body?: { type?: string; value?: unknown } };
  /** All text in it. */
  text: string;
  card?: Message['card'];
}

let activities = 0;
export const BOT = { id: '28:keyturn', name: 'Keyturn' };

/** One person in one conversation, at one instance of the bot. */
export class Seat {
  constructor(
    private readonly bot: Bot,
    private readonly teams: Teams,
    readonly who: Who,
    readonly conversation: Conversation,
  ) {}

  /** The same person and conversation, at another instance. */
  at = (bot: Bot): Seat => new Seat(bot, this.teams, this.who, this.conversation);

  says(text: string, more: { id?: string; mentions?: Who[] } = {}): Promise<Seen> {
    const called = this.conversation.kind === 'personal' ? [] : [{ ...BOT, channelId: BOT.id }];
    const entities = [...called, ...(more.mentions ?? [])].map(
      ({ channelId, name }): Mention => ({
        type: 'mention',
        mentioned: { id: channelId, name },
        text: `<at>${name}</at>`,
      }),
    );
    const typed = called.length > 0 ? `<at>${BOT.name}</at> ${text}` : text;
    return this.does({
      type: 'message',
      text: typed,
      ...(entities.length > 0 && { entities }),
      ...(more.id && { id: more.id }),
    });
  }

  clicks(
    message: Message | undefined,
    title: string,
    inputs: Record<string, string> = {},
    id?: string,
  ): Promise<Seen> {
    const action = pressed(message?.card, title, inputs);
    return action.type === 'Action.Submit'
      ? this.does({ type: 'message', value: action.data, ...(message && { replyToId: message.id }) })
      : this.executes(action, message?.id, id);
  }

  /** A card's button as the channel reports it; also for a button that none of our cards has. */
  executes(action: unknown, replyToId?: string, id?: string): Promise<Seen> {
    const value = { action, trigger: 'manual' };
    return this.does({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
      ...(replyToId && { replyToId }),
      ...(id && { id }),
    });
  }

  verifies = (state: string): Promise<Seen> =>
    this.does({ type: 'invoke', name: 'signin/verifyState', value: { state } });

  installs = (id?: string): Promise<Seen> =>
    this.does({ type: 'installationUpdate', action: 'add', ...(id && { id }) });

  async does(activity: Partial<Activity>): Promise<Seen> {
    if (this.conversation.kind !== 'personal')
      this.teams.enters(this.conversation.id.replace(/;messageid=.*$/, ''), this.who.channelId);
    const before = this.teams.messages.length;
    const sent = { ...this.envelope(), ...activity };
    const answer = await this.bot.edge.receive(sent, (context) =>
      this.bot.handle(context, `request-of-${this.who.name}`),
    );
    const messages = this.teams.messages
      .slice(before)
      .filter(({ conversationId }) => conversationId === this.conversation.id);
    return seen(messages, answer as Seen['answer']);
  }

  /** The newest message of the conversation that carries a card. */
  get card(): Message {
    const last = this.teams.in(this.conversation.id).findLast(({ card }) => card);
    if (!last) throw new Error('there is no card here');
    return last;
  }

  /** The text of the newest card. */
  get reads(): string {
    return textOf(this.card.card);
  }

  private envelope(): Partial<Activity> {
    const { id: aadObjectId, channelId: id, name, tenantId } = this.who;
    const { id: conversationId, kind: conversationType } = this.conversation;
    return {
      id: `a${activities++}`,
      channelId: 'msteams',
      serviceUrl: 'https://smba.test/emea/',
      from: { id, name, ...(aadObjectId && { aadObjectId }) },
      recipient: BOT,
      conversation: {
        id: conversationId,
        conversationType,
        tenantId,
        isGroup: conversationType !== 'personal',
        name: '',
      },
      channelData: { tenant: { id: tenantId } },
    };
  }
}

function seen(messages: Message[], answer: Seen['answer']): Seen {
  const value = answer?.body?.value;
  const replaced = typeof value === 'object' ? (value as Message['card']) : undefined;
  for (const each of [replaced, ...messages.map((message) => message.card)])
    for (const fault of faultyCalls(each)) throw new Error(fault);
  const card = replaced ?? messages.findLast((message) => message.card)?.card;
  const said = messages.flatMap((message) => [
    message.text ?? '',
    message.signIn?.title ?? '',
    textOf(message.card),
  ]);
  const text = [typeof value === 'string' ? value : textOf(replaced), ...said].filter(Boolean).join('\n');
  return { messages, text, ...(answer && { answer }), ...(card && { card }) };
}
