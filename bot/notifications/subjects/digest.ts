import { commandButton } from '../../../cards/fragments/more';
import { noticeCard } from '../../../cards/notice';
import type { Card } from '../../../cards/shared/card';
import type { Delivery } from '../../../domain/notifications/delivery';
import { noticesOfDigest } from '../../../domain/notifications/digest';
import type { Notice } from '../../../domain/notifications/notification';
import { digestFace, emptySum, type Sum, summed, summedFurther } from '../faces/digestFace';
import { explainButtons } from '../faces/explainButtons';
import { furtherOf } from '../furtherEvents';
import { customerName, eventsOf, type RecordDeps } from '../noticeRecords';
import type { SubjectDeps, SubjectKind } from './subjectKind';
import { stillAsked, subscribedConversation } from './subscribed';

/** The notices that were kept back until this hour. */
export const digestSubject = (deps: SubjectDeps): SubjectKind<'digest'> => ({
  kind: 'digest',
  whereTo: subscribedConversation,
  async card(delivery, note) {
    const card = await digestCardOf(deps, delivery, await stillAsked(deps, delivery), note);
    return card && { card, revision: delivery.wanted };
  },
});

/**
 * The card of what was kept back, with a part for each customer; undefined when nothing of it is told any
 * more. Only notices for which `told` is true count.
 */
export async function digestCardOf(
  deps: RecordDeps,
  digest: Delivery,
  told: (notice: Notice) => boolean,
  note?: string,
): Promise<Card | undefined> {
  const madeAt = deps.clock.now();
  let answeredUpTo = madeAt;
  const sums = new Map<string, Sum>();
  for await (const notices of noticesOfDigest(deps, digest))
    for (const notice of notices.filter(({ value }) => told(value))) {
      const { customerId, kind, joining } = notice.value;
      const sum = summed(sums.get(customerId) ?? emptySum(), await eventsOf(deps, notice));
      sums.set(customerId, summedFurther(sum, kind, await furtherOf(deps, notice, madeAt)));
      // Events that are still joining are not told here yet, so a click does not answer them.
      if (joining) answeredUpTo = Math.min(answeredUpTo, joining.at - 1);
    }
  const named = await Promise.all(
    Array.from(sums, async ([id, sum]) => ({ customer: await customerName(deps, id), sum })),
  );
  const shown = named.flatMap(({ customer, sum }) => (customer === undefined ? [] : [{ customer, sum }]));
  if (shown.length === 0) return undefined;
  const { asks, ...face } = digestFace(shown, madeAt);
  return noticeCard({
    ...face,
    ...(note && { note }),
    buttons: [
      ...explainButtons({ digestId: digest.subject.id, madeAt: answeredUpTo }, asks),
      commandButton('Customers', { command: 'customers' }),
    ],
  });
}
