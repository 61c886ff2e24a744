import { type AuditDeps, audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { invalidInput } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import { asksAbout } from './audience';
import { DEFAULT_KINDS } from './kindRules';
import type { Subscription } from './notification';
import type { Wish } from './wish';

export type SubscribeDeps = AuditDeps & Needs<'subscriptions' | 'customers'>;

/** The conversation that is to be told, and who asks for it. */
export interface Conversation {
  conversationId: string;
  scope: Subscription['scope'];
  personId?: string;
}

/**
 * Admins set what a shared conversation is told; everybody with a role sets their own chat. Throws
 * notAllowed.
 */
export function permitConversation(actor: Actor, { scope }: Pick<Conversation, 'scope'>): void {
  permit(actor, scope === 'personal' ? 'customers.read' : 'notifications.manage');
}

/**
 * Writes down what this conversation wants to be told. Throws notAllowed, and invalidInput with what to
 * correct.
 */
export async function saveSubscription(
  deps: SubscribeDeps,
  actor: Actor,
  conversation: Conversation,
  request: { wish: Wish; requestId: string },
): Promise<Stored<Subscription>> {
  permitConversation(actor, conversation);
  const { customers, ...wish } = request.wish;
  return changed(deps, actor, conversation, request.requestId, (known) => {
    const chosen = known && known.customers !== 'all' ? known.customers : [];
    if (customers === 'chosen' && chosen.length === 0)
      throw invalidInput(known ? ALL_ARE_TOLD : NONE_IS_CHOSEN);
    const except = known?.customers === 'all' && customers === 'all' ? known.except : undefined;
    return { ...wish, customers: customers === 'all' ? 'all' : chosen, ...(except && { except }) };
  });
}

const NONE_IS_CHOSEN =
  'No customer is chosen yet. Type “notify” and a customer’s name, such as “notify Contoso”.';
const ALL_ARE_TOLD =
  'This chat gets alerts for all customers. For some customers only, click “Stop alerts here”, then type “notify” and a customer’s name.';

const MOST_CHOSEN = 500;

/** Adds one customer to those that this conversation is told about. */
export async function subscribeToCustomer(
  deps: SubscribeDeps,
  actor: Actor,
  conversation: Conversation,
  request: { customerId: string; timeZone: string; requestId: string },
): Promise<Stored<Subscription>> {
  permitConversation(actor, conversation);
  const { id } = await activeCustomer(deps.stores.customers, request.customerId);
  return changed(deps, actor, conversation, request.requestId, (known) => {
    if (!known) return { customers: [id], kinds: DEFAULT_KINDS, timeZone: request.timeZone };
    const { customers, except } = known;
    if (customers === 'all') return choiceOf(known, 'all', without(except, id));
    if (customers.length >= MOST_CHOSEN)
      throw invalidInput(`${MOST_CHOSEN} customers are chosen already. Choose all customers instead.`);
    return choiceOf(known, [...new Set([...customers, id])]);
  });
}

/**
 * Takes one customer off those that this conversation is told about, or leaves it out of all; without the
 * last one, the conversation is told nothing. A repeat changes nothing.
 */
export async function unsubscribeFromCustomer(
  deps: SubscribeDeps,
  actor: Actor,
  conversation: Conversation,
  request: { customerId: string; requestId: string },
): Promise<void> {
  permitConversation(actor, conversation);
  const { id } = await activeCustomer(deps.stores.customers, request.customerId);
  const stored = (await deps.stores.subscriptions.get(conversation.conversationId))?.value;
  if (!stored || !asksAbout(stored, id)) return;
  if (stored.customers !== 'all' && stored.customers.length === 1)
    return unsubscribe(deps, actor, conversation, request);
  await changed(deps, actor, conversation, request.requestId, (known = stored) => {
    const { customers, except = [] } = known;
    if (customers !== 'all') return choiceOf(known, without(customers, id));
    if (except.length >= MOST_CHOSEN)
      throw invalidInput(`${MOST_CHOSEN} customers are left out already. Choose single customers instead.`);
    return choiceOf(known, 'all', [...except, id]);
  });
}

/** Ends what this conversation is told; messages that wait are not sent. */
export async function unsubscribe(
  deps: SubscribeDeps,
  actor: Actor,
  conversation: Conversation,
  request: { requestId: string },
): Promise<void> {
  permitConversation(actor, conversation);
  if (!(await deps.stores.subscriptions.get(conversation.conversationId))) return;
  const entry = { action: 'notify.stop', target: nameOf(conversation, actor) } as const;
  await audited(deps, actor, request.requestId, entry, async () => {
    await deps.stores.subscriptions.remove(conversation.conversationId);
  });
}

type Choice = Pick<Subscription, 'customers' | 'except' | 'kinds' | 'timeZone' | 'quiet' | 'digestAt'>;

const without = (ids: readonly string[] = [], gone: string): string[] => ids.filter((id) => id !== gone);

const choiceOf = (
  { kinds, timeZone, quiet, digestAt }: Subscription,
  customers: Choice['customers'],
  except: readonly string[] = [],
): Choice => ({
  customers,
  ...(except.length > 0 && { except: [...except] }),
  kinds,
  timeZone,
  ...(quiet && { quiet }),
  ...(digestAt && { digestAt }),
});

function changed(
  deps: SubscribeDeps,
  actor: Actor,
  conversation: Conversation,
  requestId: string,
  choice: (known: Subscription | undefined) => Choice,
): Promise<Stored<Subscription>> {
  const entry = { action: 'notify.set', target: nameOf(conversation, actor) } as const;
  const work = () => {
    const subscription = (known: Subscription | undefined): Subscription => ({
      ...choice(known),
      scope: conversation.scope,
      ...(conversation.scope === 'personal' && conversation.personId && { personId: conversation.personId }),
      setBy: { id: actor.id, name: actor.name },
      changedAt: deps.clock.now(),
    });
    return put(deps.stores.subscriptions, conversation.conversationId, subscription, { busy: BUSY });
  };
  return audited(deps, actor, requestId, entry, work, ({ value }) => ({ after: wordsOf(value) }));
}

const BUSY = 'Somebody else is changing this right now. Type “notify” to see how it stands.';

const nameOf = ({ scope }: Conversation, { name }: Actor): string =>
  scope === 'personal' ? name : scope === 'channel' ? 'a channel' : 'a group chat';

const wordsOf = ({ customers, except = [], kinds }: Subscription): string =>
  `${customers === 'all' ? allBut(except.length) : `${customers.length} customers`}, ${kinds.length} kinds of events`;

const allBut = (leftOut: number): string =>
  leftOut > 0 ? `all customers except ${leftOut}` : 'all customers';
