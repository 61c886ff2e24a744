import type { Activity } from 'botbuilder';
import type { Card } from '../../../cards/shared/card';

/** A message in its current form. */
export interface Message {
  id: string;
  conversationId: string;
  text?: string;
  /** The text of its notification. */
  summary?: string;
  /** Teams raises an alert of its own for it. */
  alert?: boolean;
  card?: Card;
  signIn?: { title: string; link: string };
  updates: number;
}

/** How Teams answers a bot that it refuses. */
export class ConnectorFault extends Error {
  constructor(
    readonly statusCode: number,
    retryAfter?: number,
    readonly errorCode?: string,
  ) {
    super(`the connector answered ${statusCode}`);
    this.retryAfterMs = retryAfter === undefined ? undefined : retryAfter * 1000;
  }
  readonly retryAfterMs: number | undefined;
}

type Account = {
  id: string;
  name: string;
  aadObjectId?: string;
  tenantId?: string;
  userPrincipalName?: string;
  userRole?: string;
};

/** Teams, as the bot sees it: shows messages, knows who is there, and can fail. */
export class Teams {
  readonly messages: Message[] = [];
  readonly members = new Map<string, Account>();
  lookups = 0;
  /** The people in a shared conversation; by default those who spoke there. */
  readonly present = new Map<string, Set<string>>();
  rosters = 0;
  /** Runs before a message is shown; throws or waits as the test wants. */
  before: (what: 'send' | 'update' | 'lookup') => Promise<void> | void = () => undefined;
  /** Runs after a message is shown: when it throws, the answer is lost. */
  after: () => void = () => undefined;
  private next = 0;

  async send(activity: Partial<Activity>): Promise<string> {
    await this.before('send');
    const id = `m${this.next++}`;
    this.messages.push({
      id,
      conversationId: activity.conversation?.id ?? '',
      updates: 0,
      ...shown(activity),
    });
    this.after();
    return id;
  }

  async update(activity: Partial<Activity>): Promise<void> {
    await this.before('update');
    const message = this.messages.find(({ id }) => id === activity.id);
    if (!message) throw new ConnectorFault(404);
    for (const part of ['text', 'card', 'signIn'] as const) delete message[part];
    Object.assign(message, shown(activity), { updates: message.updates + 1 });
  }

  /** By the channel's id, or by the object id of somebody who is in the conversation. */
  async member(conversationId: string, id: string): Promise<Account> {
    await this.before('lookup');
    this.lookups++;
    const present = [...(this.present.get(conversationId) ?? [])].map((each) => this.members.get(each));
    const member = this.members.get(id) ?? present.find((each) => each?.aadObjectId === id);
    if (!member) throw new ConnectorFault(404);
    return member;
  }

  /** One page at a time, as short as Teams likes. */
  async roster(conversationId: string, token?: string) {
    await this.before('lookup');
    this.rosters += 1;
    const all = [...(this.present.get(conversationId) ?? [])].flatMap((id) => this.members.get(id) ?? []);
    const from = Number(token ?? 0);
    const next = from + 2;
    return { members: all.slice(from, next), ...(next < all.length && { continuationToken: String(next) }) };
  }

  enters(conversationId: string, memberId: string): void {
    this.present.set(conversationId, (this.present.get(conversationId) ?? new Set()).add(memberId));
  }

  in(conversationId: string): Message[] {
    return this.messages.filter((message) => message.conversationId === conversationId);
  }

  /** Makes the next sends and updates fail: `times` with one fault, or one with each fault. */
  fails(faults: Error | readonly Error[], times = 1): void {
    const left = faults instanceof Error ? Array.from({ length: times }, () => faults) : [...faults];
    this.before = (what) => {
      const fault = what === 'lookup' ? undefined : left.shift();
      if (fault) throw fault;
    };
  }

  /** Shows the next send and answers it with this fault. */
  takesAndSays(fault: Error): void {
    this.after = () => {
      this.after = () => undefined;
      throw fault;
    };
  }
}

/** Every test with a conversation proves by this that alerts say more than that a card was sent. */
export function refuseWithoutSummary({ summary, attachments = [] }: Partial<Activity>): void {
  if (attachments.length > 0 && !/\p{L}{3}/u.test(summary ?? ''))
    throw new Error(`a card without a summary in words: ${JSON.stringify(attachments).slice(0, 200)}`);
}

function shown({ text, summary, channelData, attachments = [] }: Partial<Activity>): Partial<Message> {
  refuseWithoutSummary({ summary, attachments });
  const card = attachments.find(({ contentType }) => contentType.endsWith('card.adaptive'))?.content;
  const signIn = attachments.find(({ contentType }) => contentType.endsWith('card.oauth'))?.content
    ?.buttons[0];
  return {
    ...(text && { text }),
    ...(summary && { summary }),
    ...(channelData?.notification?.alert && { alert: true }),
    ...(card && { card }),
    ...(signIn && { signIn: { title: signIn.title, link: signIn.value } }),
  };
}
