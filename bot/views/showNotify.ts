import { type NotifyData, notifyCard } from '../../cards/notify';
import type { Card } from '../../cards/shared/card';
import { counted, listed } from '../../cards/shared/format';
import { rootConversationId } from '../../domain/conversations/conversationKind';
import { EVENT_KINDS } from '../../domain/events/customerEvent';
import { DEFAULT_KINDS } from '../../domain/notifications/kindRules';
import type { Subscription } from '../../domain/notifications/notification';
import { type Conversation, permitConversation } from '../../domain/notifications/subscribe';
import { unreachableConversations } from '../../domain/notifications/unreachable';
import type { WishFault, WishForm } from '../../domain/notifications/wish';
import { TIME_ZONES } from '../../domain/schedules/timeZones';
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

/** What somebody filled in, and what is wrong with it. */
export interface RefusedWish {
  form: WishForm;
  fault: WishFault;
}

/** Which alerts this conversation gets, and which could not be delivered here. */
export async function showNotify(deps: AppDeps, turn: Turn, refused?: RefusedWish): Promise<Card> {
  const conversation = conversationOf(turn);
  permitConversation(turn.actor, conversation);
  const known = (await deps.stores.subscriptions.get(conversation.conversationId))?.value;
  const names = await chosenOf(deps, known);
  const strangers = await whoMayNot(turn, deps);
  const form = refused?.form ?? formOf(known, timeZoneOf(turn));
  return notifyCard({
    here: HERE[conversation.scope],
    ...(known && { on: wordsOf(known, names, strangers !== '') }),
    hint: hintOf(names, strangers !== ''),
    form,
    kinds: EVENT_KINDS.map((kind) => ({ value: kind, title: noticeKinds[kind].title })),
    timeZones: [...new Set([timeZoneOf(turn), form.timeZone, ...TIME_ZONES])].filter(knowsTimeZone),
    ...(refused && { fault: refused.fault }),
    ...(strangers && { problem: `${strangers} No alerts come here until that changes.` }),
    warnings: await warningsOf(deps, turn, conversation),
  });
}

const HERE = { personal: 'This chat', groupChat: 'This group chat', channel: 'This channel' };

/** Times that most people would choose stand in the form, and count once somebody chooses to use them. */
const formOf = (known: Subscription | undefined, timeZone: string): WishForm => ({
  customers: known && known.customers !== 'all' ? 'chosen' : 'all',
  kinds: known?.kinds ?? DEFAULT_KINDS,
  when: known?.digestAt ? 'daily' : known?.quiet ? 'quiet' : 'atOnce',
  quietFrom: known?.quiet?.from ?? '22:00',
  quietTo: known?.quiet?.to ?? '07:00',
  digestAt: known?.digestAt ?? '08:00',
  timeZone: known?.timeZone ?? timeZone,
});

function wordsOf(
  { customers, kinds, quiet, digestAt, timeZone }: Subscription,
  names: readonly string[],
  strangers: boolean,
): NonNullable<NotifyData['on']> {
  const all = kinds.length >= EVENT_KINDS.length;
  const zone = timeZone.replaceAll('_', ' ');
  const atOnce = quiet ? `At once, but not from ${quiet.from} to ${quiet.to} (${zone})` : 'At once';
  return {
    whose: customers === 'all' ? allBut(names.length) : counted(names.length, 'customer'),
    customers: strangers || names.length === 0 ? '' : namesOf(customers === 'all', names),
    about: all ? 'Everything' : `${kinds.length} of ${EVENT_KINDS.length} kinds of alerts`,
    when: digestAt ? `One message a day at ${digestAt} (${zone})` : atOnce,
  };
}

const NAMES_SHOWN = 8;
const allBut = (leftOut: number): string =>
  leftOut > 0 ? `all customers except ${leftOut}` : 'all customers';
const namesOf = (leftOut: boolean, names: readonly string[]): string =>
  `${leftOut ? 'Without ' : ''}${listed(names, NAMES_SHOWN)}`;

/** The names of the chosen customers, or of those left out of all, that are not removed. */
async function chosenOf(deps: AppDeps, known: Subscription | undefined): Promise<string[]> {
  const ids = known?.customers === 'all' ? known.except : known?.customers;
  const found = await Promise.all((ids ?? []).map((id) => deps.stores.customers.get(id)));
  return found.flatMap((customer) => (customer?.value.status === 'active' ? [customer.value.name] : []));
}

/** Names stand here, and never in a choice, because some clients read markdown there. */
function hintOf(names: readonly string[], strangers: boolean): string {
  if (strangers) return 'Customers are named only where everybody may see them.';
  return names.length > 0
    ? 'Type “notify” and a name to add a customer, “notify stop” and a name to remove one.'
    : 'Type “notify” and a name to choose a customer, such as “notify Contoso”.';
}

const LATELY_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Undelivered alerts of this conversation; for admins of all, with the number of unreachable conversations.
 */
async function warningsOf(deps: AppDeps, { actor }: Turn, conversation: Conversation): Promise<string[]> {
  const everywhere = actor.permissions.has('notifications.manage');
  const here = everywhere ? {} : { conversationId: conversation.conversationId };
  const failed = await deps.stores.deliveries.count({
    where: { state: 'failed', ...here },
    range: { key: 'createdAt', from: deps.clock.now() - LATELY_MS },
  });
  const waiting = await deps.stores.deliveries.count({ where: { state: 'held', ...here } });
  const unreachable = everywhere ? await unreachableConversations(deps) : 0;
  const where = everywhere ? ', in all chats together' : '';
  return [
    failed > 0 &&
      `${counted(failed, 'alert')} could not be delivered in the last 7 days${where}. The log says why.`,
    unreachable > 0 &&
      `${counted(unreachable, 'chat')} with alerts cannot be reached any more. Add Keyturn there again, or write to it there.`,
    waiting > 0 &&
      (waiting === 1
        ? '1 alert waits until its chat can get alerts again.'
        : `${counted(waiting, 'alert')} wait until their chats can get alerts again.`),
  ].filter((words) => words !== false);
}
