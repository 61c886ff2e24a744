import type { CheckOutcome } from '../tenants/tenantConnection';
import type { AgentsHealth, Customer } from './customer';

/** Where a customer stands. Each customer stands in one of these, and lists are filtered by them. */
export const STANDINGS = ['attention', 'connected', 'notSetUp'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What was set up and does not work now. */
export type Trouble = 'consentLost' | 'connection' | 'agentOffline' | Exclude<AgentsHealth, 'well'>;

/**
 * `attention`: something that was set up does not work. `connected`: Microsoft 365 or an agent works, and
 * nothing is wrong. `notSetUp`: neither works yet. The customer's own record decides, because the store makes
 * a key of it: so lists and counts read no further customers.
 */
export function standingOf(customer: Pick<Customer, 'activeDirectory' | 'office365'>): Standing {
  if (troubleOf(customer)) return 'attention';
  const works = customer.office365.state === 'connected' || customer.activeDirectory.state === 'online';
  return works ? 'connected' : 'notSetUp';
}

/** The first thing to look at; undefined when nothing is wrong. */
export function troubleOf({
  activeDirectory,
  office365,
}: Pick<Customer, 'activeDirectory' | 'office365'>): Trouble | undefined {
  if ('tenant' in office365) {
    if (office365.tenant.consentLostAt !== undefined) return 'consentLost';
    if (office365.tenant.checks.some(isFault)) return 'connection';
  }
  if (activeDirectory.state === 'offline') return 'agentOffline';
  const { agents = 'well' } = activeDirectory.state === 'online' ? activeDirectory : {};
  return agents === 'well' ? undefined : agents;
}

/**
 * A test that Microsoft did not answer says nothing about the connection, and a warning leaves out what the
 * MSP may not want.
 */
const isFault = ({ state, unavailable }: CheckOutcome): boolean => state === 'failed' && !unavailable;
