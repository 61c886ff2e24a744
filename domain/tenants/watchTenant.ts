import type { Customer, Office365State } from '../customers/customer';
import { KeyturnError } from '../errors';
import { eventNow } from '../events/customerEvent';
import { recordEvent } from '../events/recordEvent';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { office365Label } from './office365Label';
import { type ChecksDeps, runChecks } from './runChecks';

type WatchDeps = ChecksDeps & Needs<'events'>;

interface Watch {
  customerId: string;
  /** Stays the same for repeats of one watch, so the watch reports its finding only once. */
  watchId: string;
  /** What `connectionOf` said before the watch's first test, since tests change it. */
  was: string;
  /** Every run has its own. */
  requestId: string;
}

/** The audit trail names this actor for the daily tests. */
const KEYTURN: Actor = {
  id: 'keyturn',
  name: 'Keyturn',
  conversationId: '',
  permissions: new Set(['tenants.connect'] as const),
};

/** Says how a customer's connection is; undefined when there is none to watch. */
export async function connectionOf(
  { stores: { customers } }: Needs<'customers'>,
  customerId: string,
): Promise<string | undefined> {
  const customer = (await customers.get(customerId))?.value;
  if (customer?.status !== 'active' || customer.office365.state !== 'connected') return undefined;
  return office365Label(answered(customer.office365)).text;
}

/** The customer or its tenant went away meanwhile. A conflict does not say so: the job runs again. */
const NOTHING_TO_WATCH = new Set<KeyturnError['code']>(['notFound', 'invalidInput']);

/**
 * Tests a connection that nobody asked about, and tells its subscribers when it got worse: so they learn of a
 * withdrawn consent before a reset fails by it. Throws conflict while others keep changing the customer.
 */
export async function watchTenant(deps: WatchDeps, watch: Watch): Promise<void> {
  if ((await connectionOf(deps, watch.customerId)) === undefined) return;
  try {
    await tellDegraded(deps, watch, await runChecks(deps, KEYTURN, watch, () => undefined));
  } catch (error) {
    if (!(error instanceof KeyturnError && NOTHING_TO_WATCH.has(error.code))) throw error;
  }
}

const GOOD = 'connected';

async function tellDegraded(
  deps: WatchDeps,
  { watchId, was }: Watch,
  after: Stored<Customer>,
): Promise<void> {
  const office365 = answered(after.value.office365);
  const is = office365Label(office365);
  if (is.tag === GOOD || is.text === was) return;
  const finding = `Microsoft 365: ${is.text}. ${curesOf(office365)}`;
  const event = eventNow(after.id, { kind: 'connectionDegraded', finding }, deps.clock.now());
  await recordEvent(deps, `degraded|${after.id}|${watchId}`, event);
}

/**
 * Keeps only what Microsoft answered: no answer says nothing about the connection, nor does a test that did
 * not run because of it.
 */
function answered(office365: Office365State): Office365State {
  if (!('tenant' in office365)) return office365;
  const { tenant } = office365;
  const checks = tenant.checks.filter(({ state, unavailable }) => state !== 'notRun' && !unavailable);
  return { ...office365, tenant: { ...tenant, checks } };
}

const curesOf = (office365: Office365State): string =>
  'tenant' in office365
    ? office365.tenant.checks
        .flatMap(({ cure }) => cure ?? [])
        .slice(0, 2)
        .join(' and ') || 'Test the connection.'
    : '';
