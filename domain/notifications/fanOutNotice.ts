import type { Clock, Log, Stored } from '../ports';
import { insertOnce } from '../stores/insertOnce';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import { audienceOf, dueFrom, isUrgent, tellAt } from './audience';
import { type Delivery, newCard, type Subject } from './delivery';
import { digestIdOf } from './digest';
import { CROWD, type Notice, type Subscription, takesInMs } from './notification';
import { type Raise, raiseCard, raiseCards } from './subjectCards';

export interface FanOutDeps extends Pick<Stores, 'notices' | 'deliveries' | 'subscriptions' | 'customers'> {
  clock: Clock;
  log: Log;
}

/**
 * Writes down what is to be sent of a claimed notice: a delivery for each conversation that asks for it, once; later revisions raise those that
 * are there. Safe to repeat at any point. A notice of a customer that was removed is told to nobody.
 */
export async function fanOutNotice(deps: FanOutDeps, notice: Stored<Notice>): Promise<void> {
  if (notice.value.told) await raiseCards(deps, subjectOf(notice.id), raiseTo(deps, notice.value));
  else await findAudience(deps, notice);
  const { dueAt: _due, ...value } = notice.value;
  const told = { ...value, told: true, handedOnAt: deps.clock.now() };
  // Where there is another revision already, that is due by itself.
  await unlessChanged(deps.notices.replace(notice, told));
}

const AT_ONCE = 50;

async function findAudience(deps: FanOutDeps, notice: Stored<Notice>): Promise<void> {
  const customer = await deps.customers.get(notice.value.customerId);
  if (customer?.value.status !== 'active')
    return deps.log.debug?.({ notice: notice.id }, 'notice told to nobody: its customer is removed');
  for await (const subscriptions of audienceOf(deps.subscriptions, notice.value))
    for (let done = 0; done < subscriptions.length; done += AT_ONCE)
      await Promise.all(subscriptions.slice(done, done + AT_ONCE).map((each) => deliver(deps, notice, each)));
}

/** What an earlier try wrote down stands, also when by now it would be told at another time. */
async function deliver(
  deps: FanOutDeps,
  notice: Stored<Notice>,
  { id, value }: Stored<Subscription>,
): Promise<void> {
  const { at, digest } = tellAt(value, notice.value, deps.clock.now());
  deps.log.debug?.(
    {
      notice: notice.id,
      conversationId: id,
      at,
      keptFor: digest && (value.digestAt ? 'digest' : 'quietHours'),
    },
    'notice goes to a conversation',
  );
  const fresh = cardOf(deps, id, notice, at);
  const row = digest ? { ...fresh, state: 'kept' as const, keptFor: digestIdOf(id, at) } : fresh;
  const written = `${notice.id}|${id}`;
  const known = (await insertOnce(deps.deliveries, written, row)) ?? (await deps.deliveries.get(written));
  if (known) await raiseCard(deps, known, raiseTo(deps, notice.value));
}

/** Many notices of one customer stand behind the first one of another, also those that go ahead. */
const laterInLine = ({ nth = 0 }: Notice, lineAt: number): Pick<Delivery, 'lineAt'> =>
  nth > 0 ? { lineAt: lineAt + nth * CROWD.laterMs } : {};

function cardOf(
  { clock }: FanOutDeps,
  conversationId: string,
  { id, value }: Stored<Notice>,
  at: number,
): Delivery {
  const now = clock.now();
  const { customerId, revision: wanted } = value;
  const dueAt = dueFrom(value, at);
  return {
    ...newCard({ conversationId, customerId, subject: subjectOf(id), wanted, dueAt }, now),
    ...laterInLine(value, Math.min(now, dueAt)),
    ...(isUrgent(value) && { urgent: true }),
  };
}

const subjectOf = (id: string): Subject => ({ kind: 'notice', id });

/** Some time after it takes in no more events what changes in it needs no digest brought up to date. */
const raiseTo = ({ clock }: FanOutDeps, notice: Notice): Raise => ({
  wanted: notice.revision,
  digests: !notice.told || clock.now() < notice.openedAt + 2 * takesInMs(notice),
});
