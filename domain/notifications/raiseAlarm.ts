import { DuplicateKey } from '../errors';
import type { CustomerEvent } from '../events/customerEvent';
import type { Clock, Store, Stored } from '../ports';

/** So many resets that nobody explained, within so long, are an alarm; one alarm in half an hour. */
const BURST = { resets: 5, withinMs: 10 * 60_000, quietMs: 30 * 60_000 };
const NAMED = 10;

/** Raises one alarm for customers of these events at which many resets are unexplained. Safe to repeat. */
export async function raiseAlarms(
  deps: { events: Store<CustomerEvent>; clock: Clock },
  handedOver: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const suspicious = handedOver.filter(
    ({ value: { facts } }) => facts.kind === 'resetSeen' && facts.explanation.state === 'unexplained',
  );
  for (const customerId of new Set(suspicious.map(({ value }) => value.customerId)))
    await raiseFor(deps, customerId);
}

async function raiseFor(
  deps: { events: Store<CustomerEvent>; clock: Clock },
  customerId: string,
): Promise<void> {
  const now = deps.clock.now();
  // Looked at first: in a burst that was told already there are many resets to read, and nothing to say.
  if (await alarmed(deps, customerId, now)) return;
  const { items } = await deps.events.list({
    where: { customerId, explanation: 'unexplained' },
    range: { key: 'toldAt', from: now - BURST.withinMs },
    sort: { key: 'toldAt' },
    limit: 500,
  });
  const resets = items.filter(({ value }) => value.facts.kind === 'resetSeen');
  if (resets.length < BURST.resets) return;
  const accounts = resets.flatMap(({ value: { facts } }) =>
    'reset' in facts ? [facts.reset.user.displayName || facts.reset.user.samAccountName] : [],
  );
  const facts = {
    kind: 'unexplainedResets' as const,
    eventIds: resets.map(({ id }) => id),
    accounts: [...new Set(accounts)].slice(0, NAMED),
  };
  try {
    await deps.events.insert(`unexplained|${customerId}|${Math.floor(now / BURST.quietMs)}`, {
      customerId,
      at: now,
      toldAt: now,
      privileged: resets.some(({ value }) => value.privileged),
      facts,
      dueAt: now,
    });
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
  }
}

async function alarmed(
  deps: { events: Store<CustomerEvent> },
  customerId: string,
  now: number,
): Promise<boolean> {
  const where = { customerId, kind: 'unexplainedResets' };
  return (await deps.events.count({ where, range: { key: 'toldAt', from: now - BURST.quietMs } })) > 0;
}
