import { parseCustomerName } from '../customers/customerName';
import { KeyturnError } from '../errors';
import type { Organization } from '../organizations/organization';
import type { ImportRow } from './importRun';
import type { RunIndex } from './runIndex';

/** What an organization seems to be. New ones begin chosen, inactive ones left out; a likely match waits for a person. */
export function rowOf(index: RunIndex, organization: Organization): ImportRow {
  const linked = index.customerOf.get(organization.id);
  if (linked !== undefined) return { organization, group: 'linked', ...customerOf(index, linked) };
  const likely = index.likely(organization.name);
  const free = likely.find(({ customerId }) => !index.organizationOf.has(customerId));
  const facts = free && {
    customerId: free.customerId,
    customerName: free.customerName,
    because: free.because,
  };
  if (organization.state !== 'active') return { organization, group: 'inactive', ...facts, choice: 'skip' };
  if (facts) return { organization, group: 'likely', ...facts };
  const [taken] = likely;
  if (!taken) return { organization, group: 'new', ...problemOf(organization.name), choice: 'create' };
  const because = `${taken.because} That customer is linked to another organization of this integration already.`;
  return { organization, group: 'conflict', customerName: taken.customerName, because };
}

const customerOf = ({ names }: RunIndex, customerId: string) => {
  const customerName = names.get(customerId);
  return { customerId, ...(customerName !== undefined && { customerName }) };
};

/** Why no customer can have this name, said before anybody tries. */
function problemOf(name: string): { because?: string } {
  try {
    parseCustomerName(name);
    return {};
  } catch (error) {
    if (error instanceof KeyturnError) return { because: error.sentence };
    throw error;
  }
}
