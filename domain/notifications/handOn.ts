import type { Clock, Stored } from '../ports';
import { change } from '../stores/change';
import { insertOnce } from '../stores/insertOnce';
import { pages } from '../stores/pages';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import { audienceOf, dueFrom, isUrgent, type LocalTimes, tellAt } from './audience';
import { callDigest, digestIdOf } from './digest';
import { CROWD, type Delivery, type Notice, type Subscription, takesInMs } from './notification';

export interface HandOnDeps extends Pick<Stores, 'notices' | 'deliveries' | 'subscriptions' | 'customers'> {
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
  const told = { ...value, told: true, handedOnAt: deps.clock.now() };
  // Where there is another revision already, that is due by itself.
  await unlessChanged(deps.notices.replace(notice, told));
}

const AT_ONCE = 50;

async function findAudience(deps: HandOnDeps, notice: Stored<Notice>): Promise<void> {
  const customer = await deps.customers.get(notice.value.customerId);
  if (customer?.value.status !== 'active') return;
  for await (const subscriptions of audienceOf(deps.subscriptions, notice.value))
    for (let done = 0; done < subscriptions.length; done += AT_ONCE)
      await Promise.all(subscriptions.slice(done, done + AT_ONCE).map((each) => deliver(deps, notice, each)));
}

/** What an earlier try wrote down stands, also when by now it would be told at another time. */
async function deliver(
  deps: HandOnDeps,
  notice: Stored<Notice>,
  { id, value }: Stored<Subscription>,
): Promise<void> {
  const { at, digest } = tellAt(value, notice.value, deps.clock.now(), deps.times);
  const fresh = deliveryOf(deps, id, notice, at);
  const row = digest ? { ...fresh, state: 'kept' as const, digestId: digestIdOf(id, at) } : fresh;
  const written = `${notice.id}|${id}`;
  const known = (await insertOnce(deps.deliveries, written, row)) ?? (await deps.deliveries.get(written));
  await raise(deps, known, notice.value);
}

/** Many notices of one customer stand behind the first one of another, also those that go ahead. */
const laterInLine = ({ nth = 0 }: Notice, lineAt: number): Pick<Delivery, 'lineAt'> =>
  nth > 0 ? { lineAt: lineAt + nth * CROWD.laterMs } : {};

const deliveryOf = (
  { clock }: HandOnDeps,
  conversationId: string,
  { id, value }: Stored<Notice>,
  at: number,
): Delivery => ({
  ...laterInLine(value, Math.min(clock.now(), dueFrom(value, at))),
  conversationId,
  customerId: value.customerId,
  ...(isUrgent(value) && { urgent: true }),
  noticeIds: [id],
  digest: false,
  wanted: value.revision,
  shown: 0,
  state: 'waiting',
  attempts: 0,
  dueAt: dueFrom(value, at),
  createdAt: clock.now(),
});

/** The cards that are there, or on their way. */
async function raiseDeliveries(deps: HandOnDeps, notice: Stored<Notice>): Promise<void> {
  for await (const rows of pages(deps.deliveries, { where: { noticeId: notice.id } }))
    await Promise.all(rows.map((each) => raise(deps, each, notice.value)));
}

async function raise(deps: HandOnDeps, row: Stored<Delivery> | undefined, notice: Notice): Promise<void> {
  const { digestId } = row?.value ?? {};
  if (!row) return;
  if (digestId === undefined) return raiseCard(deps, row, notice.revision);
  // What is told of a notice after this is no event that it took in.
  if (!notice.told || deps.clock.now() < notice.openedAt + 2 * takesInMs(notice))
    await callDigest(deps, { ...row.value, digestId });
}

/** One that is being sent at this moment is looked at again until it is settled: its sender knows of no later revision. */
async function raiseCard(deps: HandOnDeps, row: Stored<Delivery>, wanted: number): Promise<void> {
  await change(deps.deliveries, row, (value) => {
    if (value.wanted >= wanted) return undefined;
    const settled = value.state !== 'waiting' && value.state !== 'sending';
    const again = settled && { state: 'waiting' as const, dueAt: deps.clock.now(), attempts: 0 };
    return { ...value, wanted, ...again };
  });
}
