import type { Card } from '../../cards/card';
import { noticeCard } from '../../cards/notice';
import { noticesOfDigest } from '../../domain/notifications/digest';
import type { Delivery, Notice } from '../../domain/notifications/notification';
import { digestFace, emptySum, type Sum, summed } from '../views/digestFace';
import { explainButtons } from '../views/explainButtons';
import { customerName, eventsOf, type RecordDeps } from './noticeRecords';

/** What was kept back, a part for each customer; undefined when nothing of it is told any more. Only notices that are `told` count. */
export async function digestCardOf(
  deps: RecordDeps,
  digest: Delivery,
  told: (notice: Notice) => boolean,
  note?: string,
): Promise<Card | undefined> {
  const madeAt = deps.clock.now();
  const sums = new Map<string, Sum>();
  for await (const notices of noticesOfDigest(deps.stores, digest))
    for (const notice of notices.filter(({ value }) => told(value))) {
      const { customerId } = notice.value;
      const sum = sums.get(customerId) ?? emptySum();
      sums.set(customerId, summed(sum, await eventsOf(deps, notice)));
    }
  const named = await Promise.all(
    Array.from(sums, async ([id, sum]) => ({ customer: await customerName(deps, id), sum })),
  );
  const shown = named.flatMap(({ customer, sum }) => (customer === undefined ? [] : [{ customer, sum }]));
  if (shown.length === 0) return undefined;
  const { asks, ...face } = digestFace(shown, madeAt);
  return noticeCard({
    ...face,
    note: [face.note, note].filter(Boolean).join(' '),
    buttons: [
      ...(asks && digest.digestId ? explainButtons({ digestId: digest.digestId, madeAt }) : []),
      { title: 'Customers', verb: 'command', data: { command: 'customers' } },
    ],
  });
}
