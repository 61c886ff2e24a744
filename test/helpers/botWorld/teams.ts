import type { Activity } from 'botbuilder';
import type { Card } from '../../../cards/card';

/** A message as it stands in a conversation now. */
export interface Message {
  id: string;
  conversationId: string;
  text?: string;
  /** What a notification of it says. */
  summary?: string;
  card?: Card;
  signIn?: { title: string; link: string };
  updates: number;
}

/** How Teams answers a bot that it does not serve. */
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

/** Teams, as far as the bot sees it: shows what it is sent, knows who is there, and has its bad moments. */
export class Teams {
  readonly messages: Message[] = [];
  readonly members = new Map<string, Account>();
  lookups = 0;
  /** Who is in a shared place; those who spoke there, unless a test says otherwise. */
  readonly present = new Map<string, Set<string>>();
  rosters = 0;
  /** Asked before anything is shown; throws or waits as the test wants. */
  before: (what: 'send' | 'update' | 'lookup') => Promise<void> | void = () => undefined;
  /** Asked once it is shown: its answer gets lost when this throws. */
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
    Object.assign(message, shown(activity), { updates: message.updates + 1 });
  }

  async member(id: string): Promise<Account> {
    await this.before('lookup');
    this.lookups++;
    const member = this.members.get(id);
    if (!member) throw new ConnectorFault(404);
    return member;
  }

  /** One page after the other, each as short as Teams likes. */
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

  /** The next sends and updates fail like this: `times` with one fault, or one with each. */
  fails(faults: Error | readonly Error[], times = 1): void {
    const left = faults instanceof Error ? Array.from({ length: times }, () => faults) : [...faults];
    this.before = (what) => {
      const fault = what === 'lookup' ? undefined : left.shift();
      if (fault) throw fault;
    };
  }

  /** The next send is shown, and its answer is this fault. */
  takesAndSays(fault: Error): void {
    this.after = () => {
      this.after = () => undefined;
      throw fault;
    };
  }
}

function shown({ text, summary, attachments = [] }: Partial<Activity>): Partial<Message> {
  const card = attachments.find(({ contentType }) => contentType.endsWith('card.adaptive'))?.content;
  const signIn = attachments.find(({ contentType }) => contentType.endsWith('card.oauth'))?.content
    ?.buttons[0];
  return {
    ...(text && { text }),
    ...(summary && { summary }),
    ...(card && { card }),
    ...(signIn && { signIn: { title: signIn.title, link: signIn.value } }),
  };
}
