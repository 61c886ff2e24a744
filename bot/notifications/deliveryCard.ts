import type { Card } from '../../cards/card';
import { counted, listed } from '../../cards/format';
import { noticeCard } from '../../cards/notice';
import type { CustomerEvent } from '../../domain/events/customerEvent';
import type { Delivery, Notice } from '../../domain/notifications/notification';
import type { Clock, Stored, Stores } from '../../domain/ports';
import { explanations, noticeFace } from '../views/noticeFace';
import { isReset } from '../views/resetRows';

interface FaceDeps {
  stores: Pick<Stores, 'notices' | 'events' | 'customers'>;
  clock: Clock;
}

const REPEAT = 'This may have been told already: Keyturn could not see whether it arrived the first time.';
const KEPT_MS = 5_000;
const KEPT = 200;

/**
 * Makes the card of a delivery as its notices stand now. The card of one revision is the same for all who are told
 * within some seconds, and is then made once.
 */
export function createDeliveryCards(deps: FaceDeps) {
  const made = new Map<string, { until: number; card: Card }>();
  const noticeCardOf = async (notice: Stored<Notice>, note?: string): Promise<Card | undefined> => {
    const key = `${notice.id}|${notice.version}|${note ?? ''}`;
    const now = deps.clock.now();
    const known = made.get(key);
    if (known && known.until > now) return known.card;
    const card = await faceOf(deps, notice, note);
    if (made.size >= KEPT) made.clear();
    if (card) made.set(key, { until: now + KEPT_MS, card });
    return card;
  };
  return async (delivery: Delivery, repeat: boolean) => {
    const notices = await noticesOf(deps, delivery);
    const [only, ...others] = notices;
    if (!only) return undefined;
    const note = repeat ? REPEAT : undefined;
    const card = others.length === 0 ? await noticeCardOf(only, note) : await digestCard(deps, notices, note);
    return card && { card, revision: delivery.digest ? delivery.wanted : only.value.revision };
  };
}

async function noticesOf({ stores }: FaceDeps, { noticeIds }: Delivery): Promise<Stored<Notice>[]> {
  const found = await Promise.all(noticeIds.map((id) => stores.notices.get(id)));
  return found.flatMap((notice) => notice ?? []);
}

async function eventsOf({ stores }: FaceDeps, ids: readonly string[]): Promise<CustomerEvent[]> {
  const found = await Promise.all(ids.map((id) => stores.events.get(id)));
  return found.flatMap((event) => (event ? [event.value] : []));
}

/** The customer as it is called now; undefined when it was removed: nothing of it is told any more. */
async function customerName({ stores }: FaceDeps, id: string): Promise<string | undefined> {
  const customer = await stores.customers.get(id);
  return customer?.value.status === 'active' ? customer.value.name : undefined;
}

/** The card of one notice, as it stands now. */
export async function faceOf(
  deps: FaceDeps,
  { id, value }: Stored<Notice>,
  note?: string,
): Promise<Card | undefined> {
  const customer = await customerName(deps, value.customerId);
  if (customer === undefined) return undefined;
  const { asks, ...face } = await currentFace(deps, value);
  const explain = (title: string, as: string) => ({
    title,
    verb: 'explainResets',
    data: { noticeId: id, as },
  });
  return noticeCard({
    ...face,
    customer,
    note: [face.note, note].filter(Boolean).join(' '),
    buttons: [
      ...(asks ? [explain('It was us', 'ours'), explain('Look into it', 'lookInto')] : []),
      {
        title: 'Open customer',
        verb: 'command',
        data: { command: 'customer', customerId: value.customerId },
      },
    ],
  });
}

/** An alarm shows what became of the resets that it is about. */
async function currentFace(deps: FaceDeps, notice: Notice) {
  const now = deps.clock.now();
  const events = await eventsOf(deps, notice.eventIds);
  const face = noticeFace(notice.kind, events, now);
  if (notice.kind !== 'unexplainedResets') return face;
  const about = events.flatMap(({ facts }) => ('eventIds' in facts ? facts.eventIds : []));
  return { ...face, ...explanations((await eventsOf(deps, about)).filter(isReset), now) };
}

const CUSTOMERS_SHOWN = 15;

/** What was kept back, a line for each customer. */
async function digestCard(deps: FaceDeps, notices: readonly Stored<Notice>[], note?: string): Promise<Card> {
  const lines = new Map<string, { what: string[]; asks: boolean }>();
  for (const { value } of notices) {
    const face = await currentFace(deps, value);
    const line = lines.get(value.customerId) ?? { what: [], asks: false };
    lines.set(value.customerId, { what: [...line.what, face.what], asks: line.asks || face.asks });
  }
  const rows: { title: string; lines: string[] }[] = [];
  for (const [customerId, { what, asks }] of lines) {
    const name = await customerName(deps, customerId);
    if (name !== undefined)
      rows.push({ title: name, lines: [listed(what, 6), ...(asks ? ['Some of it is unexplained.'] : [])] });
  }
  return noticeCard({
    what: 'While it was quiet',
    customer: counted(rows.length, 'customer'),
    tone: 'neutral',
    rows: rows.slice(0, CUSTOMERS_SHOWN),
    ...(rows.length > CUSTOMERS_SHOWN && {
      more: `and ${counted(rows.length - CUSTOMERS_SHOWN, 'more customer')}`,
    }),
    ...(note && { note }),
    buttons: [{ title: 'Customers', verb: 'command', data: { command: 'customers' } }],
  });
}
