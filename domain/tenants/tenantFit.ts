import { shapeOf } from '../organizations/nameShape';
import type { Needs } from '../stores/core';
import type { TenantConnection } from './tenantConnection';

/** What we know of a customer without asking its tenant. */
export interface KnownOfCustomer {
  /** Its name here, and the names of its organizations upstream. */
  names: string[];
  /** The domains of its Active Directory and of its people's sign-in names there. */
  domains: string[];
}

/** The domains come from so many accounts: a company has few domains. */
const ACCOUNTS = 500;
const SHORTEST_LABEL = 3;

/** Reads what we know of a customer; asks nothing outside. */
export async function knownOfCustomer(
  { stores: { links, agents, directoryAccounts } }: Needs<'links' | 'agents' | 'directoryAccounts'>,
  customer: { id: string; name: string },
): Promise<KnownOfCustomer> {
  const where = { customerId: customer.id };
  const [linked, programs, accounts] = await Promise.all([
    links.list({ where, limit: 100 }),
    agents.list({ where, limit: 100 }),
    directoryAccounts.list({ where, limit: ACCOUNTS }),
  ]);
  const domains = [
    ...programs.items.flatMap(({ value }) => [value.machine.domain, value.health?.directory.domain]),
    ...accounts.items.map(({ value }) => value.user.userPrincipalName?.split('@')[1]),
  ];
  return {
    names: [customer.name, ...linked.items.map(({ value }) => value.upstream.name)],
    domains: [...new Set(domains.flatMap((domain) => (domain ? [domain.toLowerCase()] : [])))],
  };
}

/**
 * Says why a tenant seems to be this customer's own: we know one of its domains, or its name or a domain is
 * the customer's name. Undefined when nothing fits. The tenant's administrator chooses the name, so this is a
 * hint for a person and never a proof.
 */
export function tenantFit(
  { displayName, domains }: Pick<TenantConnection, 'displayName' | 'domains'>,
  known: KnownOfCustomer,
): string | undefined {
  const verified = domains.map((domain) => domain.toLowerCase()).filter((domain) => !isInitial(domain));
  const same = verified.find((domain) => known.domains.some((other) => isWithin(other, domain)));
  if (same) return `Its domain ${same} is known from the customer’s Active Directory.`;
  const cores = new Map(known.names.map((name) => [shapeOf(name).core, name]));
  cores.delete('');
  const named = cores.get(shapeOf(displayName).core);
  if (named) return `Its name is that of ${named}.`;
  const labelled = verified.find((domain) => labelsOf(domain).some((label) => cores.has(label)));
  return labelled && `Its domain ${labelled} has the customer’s name.`;
}

/** Anybody can take a free name there: it says nothing about a company. */
const isInitial = (domain: string): boolean => domain.includes('.onmicrosoft.');

const isWithin = (domain: string, verified: string): boolean =>
  domain === verified || domain.endsWith(`.${verified}`);

/** All labels but the last: 'contoso' and 'co' of 'contoso.co.uk'. */
const labelsOf = (domain: string): string[] =>
  domain
    .split('.')
    .slice(0, -1)
    .map((label) => shapeOf(label).core)
    .filter((label) => label.length >= SHORTEST_LABEL);
