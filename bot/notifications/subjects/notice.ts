import { LRUCache } from 'lru-cache';
import { commandButton } from '../../../cards/fragments/more';
import { noticeCard } from '../../../cards/notice';
import type { Card } from '../../../cards/shared/card';
import { aboutResets } from '../../../domain/events/aboutResets';
import type { Notice } from '../../../domain/notifications/notification';
import type { Stored } from '../../../domain/ports';
import { keptFor } from '../../keptFor';
import { explainButtons } from '../faces/explainButtons';
import type { Face } from '../faces/face';
import { noticeFace } from '../faces/noticeFace';
import { isReset } from '../faces/resetEvent';
import { furtherOf } from '../furtherEvents';
import { customerName, eventsOf, eventsOfIds, type RecordDeps } from '../noticeRecords';
import type { SubjectDeps, SubjectKind } from './subjectKind';
import { stillAsked, subscribedConversation } from './subscribed';

const KEPT_MS = 5_000;
const KEPT = 200;

/**
 * A notice in its present state. The card of one revision is the same for everybody who is told within some
 * seconds, so it is made once.
 */
export function noticeSubject(deps: SubjectDeps): SubjectKind<'notice'> {
  const made = new LRUCache<string, Card>(keptFor(deps.clock, KEPT, KEPT_MS));
  const cardOf = async (notice: Stored<Notice>, note?: string): Promise<Card | undefined> => {
    const key = `${notice.id}|${notice.version}|${note ?? ''}`;
    const known = made.get(key);
    if (known) return known;
    const card = await faceOf(deps, notice, note);
    if (card) made.set(key, card);
    return card;
  };
  return {
    kind: 'notice',
    whereTo: subscribedConversation,
    async card(delivery, note) {
      const told = await stillAsked(deps, delivery);
      const notice = await deps.stores.notices.get(delivery.subject.id);
      if (!notice || !told(notice.value)) return undefined;
      const card = await cardOf(notice, note);
      return card && { card, revision: notice.value.revision };
    },
  };
}

/** The card of one notice in its present state. */
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
    ...(note && { note }),
    buttons: [
      ...explainButtons(goesTo({ id, value }, resets), asks),
      commandButton('Open customer', { command: 'customer', args: { customerId: value.customerId } }),
    ],
  });
}

/** How far the card goes: nothing that came after it is answered by its buttons. */
const goesTo = ({ id, value }: Pick<Stored<Notice>, 'id' | 'value'>, resets?: number) => ({
  noticeId: id,
  shown: value.eventIds.length,
  ...(resets && { resets }),
  ...(value.joinedUpTo !== undefined && !resets && { joined: value.joinedUpTo }),
});

async function currentFace(deps: RecordDeps, notice: Stored<Notice>): Promise<Face & { resets?: number }> {
  const { kind, openedAt } = notice.value;
  const events = await eventsOf(deps, notice);
  const ids = events.flatMap(({ facts }) => aboutResets(facts));
  const beside = {
    further: await furtherOf(deps, notice),
    about: (await eventsOfIds(deps, ids)).filter(isReset),
  };
  return {
    ...noticeFace(kind, events, openedAt, beside),
    ...(ids.length > 0 && { resets: ids.length }),
  };
}
