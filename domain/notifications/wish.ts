import { z } from 'zod';
import { EVENT_KINDS } from '../events/customerEvent';
import { knowsTimeZone } from '../schedules/wallClock';
import type { Subscription } from './notification';

/** The form as somebody filled it in. */
export interface WishForm {
  customers: string;
  kinds: readonly string[];
  /** One of WHEN; empty on a card of an earlier version. */
  when: string;
  quietFrom: string;
  quietTo: string;
  digestAt: string;
  timeZone: string;
}

/** When a conversation hears of what is not urgent. */
const WHEN = ['atOnce', 'quiet', 'daily'] as const;

/** What a conversation asks for. It has quiet hours or a daily digest, never both. */
export type Wish = Pick<Subscription, 'kinds' | 'timeZone' | 'quiet' | 'digestAt'> & {
  customers: 'all' | 'chosen';
};

/** What is wrong with a form, beside which of its fields, and what to enter instead. */
export interface WishFault {
  field: 'customers' | 'kinds' | 'when' | 'timeZone';
  sentence: string;
}

const fault = (field: WishFault['field'], sentence: string) => ({ fault: { field, sentence } });
const kinds = z.array(z.enum(EVENT_KINDS)).min(1);
const customers = z.enum(['all', 'chosen']);
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The wish in a form, or the first thing that is wrong with it. */
export function readWish(form: WishForm): { wish: Wish } | { fault: WishFault } {
  const whose = customers.safeParse(form.customers);
  if (!whose.success) return fault('customers', 'Choose which customers.');
  const about = kinds.safeParse(form.kinds);
  if (!about.success) return fault('kinds', 'Choose at least one kind of alert, or stop the alerts.');
  if (!knowsTimeZone(form.timeZone)) return fault('timeZone', 'Choose a time zone from the list.');
  const times = timesOf(form);
  if ('fault' in times) return times;
  const { timeZone } = form;
  return { wish: { customers: whose.data, kinds: [...new Set(about.data)], timeZone, ...times } };
}

function timesOf(form: WishForm): Pick<Wish, 'quiet' | 'digestAt'> | { fault: WishFault } {
  const when = WHEN.find((each) => each === form.when) ?? whenOf(form);
  if (when === 'atOnce') return {};
  if (when === 'both') return fault('when', BOTH);
  const { quietFrom: from, quietTo: to, digestAt } = form;
  if (when === 'daily') return TIME.test(digestAt) ? { digestAt } : fault('when', NO_DIGEST_TIME);
  if (!TIME.test(from) || !TIME.test(to)) return fault('when', NO_QUIET_TIMES);
  return from === to ? fault('when', SAME_TIMES) : { quiet: { from, to } };
}

/** A card of an earlier version has the times alone. */
function whenOf({ quietFrom, quietTo, digestAt }: WishForm): (typeof WHEN)[number] | 'both' {
  const quiet = quietFrom || quietTo;
  if (digestAt) return quiet ? 'both' : 'daily';
  return quiet ? 'quiet' : 'atOnce';
}

const BOTH = 'Choose quiet hours or one message a day. One message a day is also sent during quiet hours.';
const NO_DIGEST_TIME = 'Set the time of the daily message, such as 08:00.';
const NO_QUIET_TIMES = 'Set both times of the quiet hours, such as 22:00 and 07:00.';
const SAME_TIMES = 'Quiet hours begin and end at the same time. Set two different times.';
