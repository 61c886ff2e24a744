import type { EventKind } from '../events/customerEvent';
import type { Stored } from '../ports';
import { nextAt, quietUntil } from '../schedules/wallClock';
import { pages } from '../stores/pages';
import type { Stores } from '../stores/stores';
import { ruleOf } from './kindRules';
import type { Notice, Subscription } from './notification';

type Weight = Pick<Notice, 'kind' | 'privileged'>;

/** Told at once, whatever the hour. */
export const isUrgent = ({ kind, privileged }: Weight): boolean => privileged || ruleOf(kind).urgent;

const HEAD_START_MS = 10 * 60_000;

/** The oldest due record goes first. What is urgent counts as older, so that it waits behind fewer others. */
export const dueFrom = (notice: Weight, at: number): number => (isUrgent(notice) ? at - HEAD_START_MS : at);

/** Whether this subscription asks to be told of it. */
export const asksFor = (
  subscription: Subscription,
  { customerId, kind }: Pick<Notice, 'customerId' | 'kind'>,
): boolean => asksForKind(subscription.kinds, kind) && asksAbout(subscription, customerId);

/** Whether the customer is among those that this subscription is about. */
export const asksAbout = (
  { customers, except }: Pick<Subscription, 'customers' | 'except'>,
  customerId: string,
): boolean => (customers === 'all' ? !except?.includes(customerId) : customers.includes(customerId));

function asksForKind(kinds: readonly EventKind[], kind: EventKind): boolean {
  const rule = ruleOf(kind);
  return 'toldWith' in rule ? rule.toldWith.some((each) => kinds.includes(each)) : kinds.includes(kind);
}

/** When this conversation is told of `notice`, and whether on one card together with others. */
export function tellAt(
  { quiet, digestAt, timeZone }: Subscription,
  notice: Weight,
  now: number,
): { at: number; digest: boolean } {
  if (isUrgent(notice)) return { at: now, digest: false };
  const until = digestAt ? nextAt(now, digestAt, timeZone) : quiet && quietUntil(now, quiet, timeZone);
  return until === undefined ? { at: now, digest: false } : { at: until, digest: true };
}

/** Every subscription that asks for it. */
export async function* audienceOf(
  subscriptions: Stores['subscriptions'],
  notice: Pick<Notice, 'customerId' | 'kind'>,
): AsyncGenerator<Stored<Subscription>[]> {
  for await (const items of pages(subscriptions, {}))
    yield items.filter(({ value }) => asksFor(value, notice));
}
