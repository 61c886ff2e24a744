import { type NotifyData, notifyCard } from '../../cards/notify';
import type { Card } from '../../cards/shared/card';
import { counted, listed } from '../../cards/shared/format';
import { rootConversationId } from '../../domain/conversations/conversationKind';
import { EVENT_KINDS } from '../../domain/events/customerEvent';
import { DEFAULT_KINDS } from '../../domain/notifications/kindRules';
import type { Subscription } from '../../domain/notifications/notification';
import { type Conversation, permitConversation } from '../../domain/notifications/subscribe';
import { unreachableConversations } from '../../domain/notifications/unreachable';
import { knowsTimeZone } from '../../domain/schedules/wallClock';
import { whoMayNot } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import { noticeKinds } from '../notifications/kinds';
import type { Turn } from '../turns/turn';

/** The conversation of this turn: a channel with all its threads is one. */
export const conversationOf = ({ sender }: Turn): Conversation => ({
  conversationId: rootConversationId(sender.conversationId),
  scope: sender.kind,
  ...(sender.personId && { personId: sender.personId }),
});

/** The time zone that Teams reports for this person's machine; otherwise UTC. */
export const timeZoneOf = ({ envelope: { timeZone } }: Turn): string =>
  timeZone && knowsTimeZone(timeZone) ? timeZone : 'UTC';

/** What this conversation subscribes to, and which messages could not be delivered here. */
export async function showNotify(deps: AppDeps, turn: Turn, problem?: string): Promise<Card> {
  const conversation = conversationOf(turn);
  permitConversation(turn.actor, conversation);
  const known = (await deps.stores.subscriptions.get(conversation.conversationId))?.value;
  const chosen = await chosenOf(deps, known);
  const failures = await failuresOf(deps, turn, conversation);
  const strangers = await whoMayNot(turn, deps);
  return notifyCard({
    lead: conversationWords(conversation),
    ...(known ? wordsOf(known, chosen.length) : NOTHING),
    customers: known && known.customers !== 'all' ? 'chosen' : 'all',
    chosen: strangers ? chosenCount(chosen) : chosenWords(chosen),
    choices: EVENT_KINDS.map((kind) => ({ value: kind, title: noticeKinds[kind].title })),
    kinds: known?.kinds ?? DEFAULT_KINDS,
    timeZone: known?.timeZone ?? timeZoneOf(turn),
    quietFrom: known?.quiet?.from ?? '',
    quietTo: known?.quiet?.to ?? '',
    digestAt: known?.digestAt ?? '',
    ...(failures && { failures }),
    ...((problem || strangers) && {
      problem: problem || `${strangers} Nothing is told here until that is settled.`,
    }),
  });
}

const conversationWords = ({ scope }: Conversation): string =>
  scope === 'personal'
    ? 'What Keyturn tells you in this chat.'
    : `What Keyturn tells everybody in this ${scope === 'channel' ? 'channel' : 'group chat'}.`;

const NOTHING: Pick<NotifyData, 'state' | 'on'> = {
  state: { text: 'Nothing is told here yet. Choose and save.', tone: 'neutral', symbol: '○' },
  on: false,
};

function wordsOf(
  { customers, quiet, digestAt, timeZone }: Subscription,
  chosen: number,
): Pick<NotifyData, 'state' | 'on'> {
  const whose = customers === 'all' ? 'all customers' : counted(chosen, 'customer');
  const hours = digestAt
    ? `, once a day at ${digestAt} (${timeZone})`
    : quiet
      ? `, quiet from ${quiet.from} to ${quiet.to} (${timeZone})`
      : '';
  return { state: { text: `On for ${whose}${hours}`, tone: 'good', symbol: '✓' }, on: true };
}

const NAMES_SHOWN = 8;

/** The names of the chosen customers that are not removed. */
async function chosenOf(deps: AppDeps, known: Subscription | undefined): Promise<string[]> {
  const ids = known && known.customers !== 'all' ? known.customers : [];
  const found = await Promise.all(ids.map((id) => deps.stores.customers.get(id)));
  return found.flatMap((customer) => (customer?.value.status === 'active' ? [customer.value.name] : []));
}

const chosenWords = (names: readonly string[]): string =>
  names.length > 0
    ? `Chosen: ${listed(names, NAMES_SHOWN)}. “notify” and a name adds one, “notify stop” and a name takes one off.`
    : 'No customer is chosen. “notify” and a name chooses one, such as “notify Contoso”.';

/** For a conversation with people who may not see these names. */
const chosenCount = (names: readonly string[]): string =>
  names.length > 0
    ? `${counted(names.length, 'customer')} chosen. Their names are shown where everybody may see customers.`
    : 'No customer is chosen.';

const LATELY_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Undelivered messages of this conversation; for admins of all, with the number of unreachable
 * conversations.
 */
async function failuresOf(deps: AppDeps, { actor }: Turn, conversation: Conversation): Promise<string> {
  const everywhere = actor.permissions.has('notifications.manage');
  const here = everywhere ? {} : { conversationId: conversation.conversationId };
  const failed = await deps.stores.deliveries.count({
    where: { state: 'failed', ...here },
    range: { key: 'createdAt', from: deps.clock.now() - LATELY_MS },
  });
  const waiting = await deps.stores.deliveries.count({ where: { state: 'held', ...here } });
  const unreachable = everywhere ? await unreachableConversations(deps) : 0;
  const words = [
    failed > 0 &&
      `⚠ ${counted(failed, 'message')} could not be delivered in the last 7 days${everywhere ? ', in all conversations together' : ''}. Sending failed again and again; the log says why.`,
    unreachable > 0 &&
      `⚠ ${counted(unreachable, 'place')} that asked to be told cannot be reached any more. Add Keyturn there again, or write to it there.`,
    waiting > 0 &&
      `⚠ ${counted(waiting, 'message')} ${waiting === 1 ? 'waits' : 'wait'} until ${waiting === 1 ? 'its' : 'their'} place can be told again.`,
  ];
  return words.filter(Boolean).join(' ');
}
