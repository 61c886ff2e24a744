import { DuplicateKey, VersionConflict } from '../errors';
import type { Clock, Stored } from '../ports';
import type { Stores } from '../stores/stores';
import { audienceOf, dueFrom, isUrgent, type LocalTimes, tellAt } from './audience';
import { callDigest, digestIdOf } from './digest';
import { CROWD, type Delivery, NOTICE_MS, type Notice, type Subscription } from './notification';

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

/** What an earlier try wrote down stands, also when by now it would be told at another time. */
async function deliver(
  deps: HandOnDeps,
  notice: Stored<Notice>,
  { id, value }: Stored<Subscription>,
): Promise<void> {
  const { at, digest } = tellAt(value, notice.value, deps.clock.now(), deps.times);
  const fresh = deliveryOf(deps, id, notice, at);
  const row = digest ? { ...fresh, state: 'kept' as const, digestId: digestIdOf(id, at) } : fresh;
  await raise(deps, await written(deps, `${notice.id}|${id}`, row), notice.value);
}

async function written(
  { deliveries }: HandOnDeps,
  id: string,
  value: Delivery,
): Promise<Stored<Delivery> | undefined> {
  try {
    return await deliveries.insert(id, value);
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    return deliveries.get(id);
  }
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
  let after: string | undefined;
  do {
    const page = await deps.deliveries.list({
      where: { noticeId: notice.id },
      limit: 500,
      ...(after && { after }),
    });
    await Promise.all(page.items.map((each) => raise(deps, each, notice.value)));
    after = page.next;
  } while (after);
}

/** What is told of a notice after this is no event that it took in. */
const growsMs = ({ crowded }: Notice): number => 2 * (crowded ? CROWD.noticeMs : NOTICE_MS);

async function raise(deps: HandOnDeps, row: Stored<Delivery> | undefined, notice: Notice): Promise<void> {
  const { digestId } = row?.value ?? {};
  if (!row || digestId === undefined) return raiseCard(deps, row, notice.revision);
  if (!notice.told || deps.clock.now() < notice.openedAt + growsMs(notice))
    await callDigest(deps, { ...row.value, digestId });
}

/** One that is being sent at this moment is looked at again until it is settled: its sender knows of no later revision. */
async function raiseCard(
  deps: HandOnDeps,
  first: Stored<Delivery> | undefined,
  wanted: number,
): Promise<void> {
  let known = first;
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
