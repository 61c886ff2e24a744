import type { Card } from '../../cards/card';
import { noticeCard } from '../../cards/notice';
import { asksFor } from '../../domain/notifications/audience';
import type { Delivery, Notice } from '../../domain/notifications/notification';
import type { Stored } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';
import { digestCardOf } from './digestCard';
import { explainButtons } from './faces/explainButtons';
import type { Face } from './faces/face';
import { aboutOf, noticeFace } from './faces/noticeFace';
import { isReset } from './faces/resetRows';
import { furtherOf } from './furtherEvents';
import { customerName, eventsOf, eventsOfIds, type RecordDeps } from './noticeRecords';

interface FaceDeps extends RecordDeps {
  stores: RecordDeps['stores'] & Pick<Stores, 'subscriptions'>;
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
    const note = repeat ? REPEAT : undefined;
    const told = await stillAsked(deps, delivery);
    if (delivery.digest) {
      const card = await digestCardOf(deps, delivery, told, note);
      return card && { card, revision: delivery.wanted };
    }
    const notice = await deps.stores.notices.get(delivery.noticeIds[0] ?? '');
    if (!notice || !told(notice.value)) return undefined;
    const card = await noticeCardOf(notice, note);
    return card && { card, revision: notice.value.revision };
  };
}

/** What is asked for in this conversation by now may be less than when it was handed on. A card that is there is kept up to date all the same. */
async function stillAsked(
  { stores }: FaceDeps,
  { conversationId, cardId }: Delivery,
): Promise<(notice: Notice) => boolean> {
  const subscription = cardId === undefined ? await stores.subscriptions.get(conversationId) : undefined;
  return (notice) => !subscription || asksFor(subscription.value, notice);
}

/** The card of one notice, as it stands now. */
export async function faceOf(
  deps: RecordDeps,
  { id, value, version }: Stored<Notice>,
  note?: string,
): Promise<Card | undefined> {
  const customer = await customerName(deps, value.customerId);
  if (customer === undefined) return undefined;
  const { asks, resets, ...face } = await currentFace(deps, { id, value, version });
  return noticeCard({
    ...face,
    customer,
    note: [face.note, note].filter(Boolean).join(' '),
    buttons: [
      ...(asks
        ? explainButtons({
            ...{ noticeId: id, shown: value.eventIds.length, ...(resets && { resets }) },
            ...(value.joinedUpTo !== undefined && { joined: value.joinedUpTo }),
          })
        : []),
      {
        title: 'Open customer',
        verb: 'command',
        data: { command: 'customer', args: { customerId: value.customerId } },
      },
    ],
  });
}

async function currentFace(deps: RecordDeps, notice: Stored<Notice>): Promise<Face & { resets?: number }> {
  const { kind } = notice.value;
  const events = await eventsOf(deps, notice);
  const ids = aboutOf(kind, events);
  const beside = {
    further: await furtherOf(deps, notice),
    about: (await eventsOfIds(deps, ids ?? [])).filter(isReset),
  };
  return { ...noticeFace(kind, events, deps.clock.now(), beside), ...(ids && { resets: ids.length }) };
}
