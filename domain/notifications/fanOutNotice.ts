import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import { unlessChanged } from '../stores/retried';
import { audienceOf, dueFrom, isUrgent, tellAt } from './audience';
import { type Delivery, newCard, type Subject } from './delivery';
import { digestIdOf } from './digest';
import { CROWD, type Notice, type Subscription, takesInMs } from './notification';
import { type Raise, raiseCard, raiseCards } from './subjectCards';

export type FanOutDeps = Needs<'notices' | 'deliveries' | 'subscriptions' | 'customers', 'clock' | 'log'>;

/**
 * Writes down what a claimed notice is to send: one delivery for each conversation that asks for it, once.
 * Later revisions raise the deliveries that exist. Safe to repeat at any point. A notice of a removed
 * customer is told to nobody.
 */
export async function fanOutNotice(deps: FanOutDeps, notice: Stored<Notice>): Promise<void> {
  if (notice.value.told) await raiseCards(deps, subjectOf(notice.id), raiseTo(deps, notice.value));
  else await findAudience(deps, notice);
  const { dueAt: _due, ...value } = notice.value;
  const told = { ...value, told: true, handedOnAt: deps.clock.now() };
  // When there is another revision already, that revision is due by itself.
  await unlessChanged(deps.stores.notices.replace(notice, told));
}

const AT_ONCE = 50;

async function findAudience(deps: FanOutDeps, notice: Stored<Notice>): Promise<void> {
  const customer = await deps.stores.customers.get(notice.value.customerId);
  if (customer?.value.status !== 'active')
    return deps.log.debug?.({ notice: notice.id }, 'notice told to nobody: its customer is removed');
  for await (const subscriptions of audienceOf(deps.stores.subscriptions, notice.value))
    for (let done = 0; done < subscriptions.length; done += AT_ONCE)
      await Promise.all(subscriptions.slice(done, done + AT_ONCE).map((each) => deliver(deps, notice, each)));
}

/** What an earlier try wrote down stays, even when the notice would now be told at another time. */
async function deliver(
  deps: FanOutDeps,
  notice: Stored<Notice>,
  { id, value }: Stored<Subscription>,
): Promise<void> {
  const { at, digest } = tellAt(value, notice.value, deps.clock.now());
  const keptFor = digest && (value.digestAt ? 'digest' : 'quietHours');
  deps.log.debug?.({ notice: notice.id, conversationId: id, at, keptFor }, 'notice goes to a conversation');
  const fresh = cardOf(deps, id, notice, at);
  const row = digest ? { ...fresh, state: 'kept' as const, keptFor: digestIdOf(id, at) } : fresh;
  const written = `${notice.id}|${id}`;
  const known =
    (await insertOnce(deps.stores.deliveries, written, row)) ?? (await deps.stores.deliveries.get(written));
  if (known) await raiseCard(deps, known, raiseTo(deps, notice.value));
}

/**
 * In a conversation's line, later notices of one customer come after the first notice of another, urgent ones
 * too.
 */
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

/** Some time after the notice takes in no more events, its changes no longer bring digests up to date. */
const raiseTo = ({ clock }: FanOutDeps, notice: Notice): Raise => ({
  wanted: notice.revision,
  digests: !notice.told || clock.now() < notice.openedAt + 2 * takesInMs(notice),
});
