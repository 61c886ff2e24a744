import type { Customer } from '../customers/customer';
import { DuplicateKey, VersionConflict } from '../errors';
import type { Clock, Store, Stored } from '../ports';
import { audienceOf, type LocalTimes, tellAt } from './audience';
import type { Delivery, Notice, Subscription } from './notification';

export interface HandOnDeps {
  notices: Store<Notice>;
  deliveries: Store<Delivery>;
  subscriptions: Store<Subscription>;
  customers: Store<Customer>;
  clock: Clock;
  times: LocalTimes;
}

/**
 * Writes down what is to be sent of a claimed notice: a delivery for each conversation that asks for it, once; later revisions raise those that
 * are there. Safe to repeat at any point. A notice of a customer that was removed is told to nobody.
 */
export async function handOnNotice(deps: HandOnDeps, notice: Stored<Notice>): Promise<void> {
  if (notice.value.told) await raiseDeliveries(deps, notice);
  else await findAudience(deps, notice);
  const { dueAt: _due, ...value } = notice.value;
  try {
    await deps.notices.replace(notice, { ...value, told: true, handedOnAt: deps.clock.now() });
  } catch (error) {
    // There is another revision already; it is due by itself.
    if (!(error instanceof VersionConflict)) throw error;
  }
}

const AT_ONCE = 50;

async function findAudience(deps: HandOnDeps, notice: Stored<Notice>): Promise<void> {
  const customer = await deps.customers.get(notice.value.customerId);
  if (customer?.value.status !== 'active') return;
  for await (const subscriptions of audienceOf(deps.subscriptions, notice.value))
    for (let done = 0; done < subscriptions.length; done += AT_ONCE)
      await Promise.all(subscriptions.slice(done, done + AT_ONCE).map((each) => deliver(deps, notice, each)));
}

async function deliver(
  deps: HandOnDeps,
  notice: Stored<Notice>,
  { id, value }: Stored<Subscription>,
): Promise<void> {
  const { at, digest } = tellAt(value, notice.value, deps.clock.now(), deps.times);
  if (digest) return addToDigest(deps, notice.id, { conversationId: id, at });
  const fresh = deliveryOf(deps, id, notice.id, notice.value.revision, at, false);
  try {
    await deps.deliveries.insert(`${notice.id}|${id}`, fresh);
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    const known = await deps.deliveries.get(`${notice.id}|${id}`);
    if (known) await raise(deps, known, notice.value.revision);
  }
}

const deliveryOf = (
  { clock }: HandOnDeps,
  conversationId: string,
  noticeId: string,
  wanted: number,
  dueAt: number,
  digest: boolean,
): Delivery => ({
  conversationId,
  noticeIds: [noticeId],
  digest,
  wanted,
  shown: 0,
  state: 'waiting',
  attempts: 0,
  dueAt,
  createdAt: clock.now(),
});

/** One card takes in all that is kept back until the same moment. */
async function addToDigest(
  deps: HandOnDeps,
  noticeId: string,
  { conversationId, at }: { conversationId: string; at: number },
): Promise<void> {
  const id = `digest|${conversationId}|${at}`;
  for (;;) {
    try {
      const known = await deps.deliveries.get(id);
      if (!known) {
        await deps.deliveries.insert(id, deliveryOf(deps, conversationId, noticeId, 1, at, true));
      } else if (!known.value.noticeIds.includes(noticeId)) {
        const noticeIds = [...known.value.noticeIds, noticeId];
        await deps.deliveries.replace(known, { ...known.value, noticeIds });
      }
      return;
    } catch (error) {
      if (!(error instanceof DuplicateKey || error instanceof VersionConflict)) throw error;
    }
  }
}

/** The cards that are there, or on their way. */
async function raiseDeliveries(deps: HandOnDeps, notice: Stored<Notice>): Promise<void> {
  let after: string | undefined;
  do {
    const page = await deps.deliveries.list({
      where: { noticeId: notice.id },
      limit: 500,
      ...(after && { after }),
    });
    await Promise.all(page.items.map((each) => raise(deps, each, notice.value.revision)));
    after = page.next;
  } while (after);
}

/** One that is being sent at this moment is looked at again until it is settled: its sender knows of no later revision. */
async function raise(deps: HandOnDeps, first: Stored<Delivery>, wanted: number): Promise<void> {
  let known: Stored<Delivery> | undefined = first;
  while (known && known.value.wanted < wanted) {
    const { value }: Stored<Delivery> = known;
    const settled = value.state !== 'waiting' && value.state !== 'sending';
    const again = settled && { state: 'waiting' as const, dueAt: deps.clock.now(), attempts: 0 };
    try {
      await deps.deliveries.replace(known, { ...value, wanted, ...again });
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      known = await deps.deliveries.get(known.id);
    }
  }
}
