import { type NameShape, shapeOf } from '../organizations/nameShape';
import type { Organization } from '../organizations/organization';
import { isCustomerByType } from '../organizations/organizationType';
import type { ImportRow } from './importRun';
import type { RunIndex } from './runIndex';
import { unusableName } from './unusableName';

/**
 * Says what an organization seems to be. A new one whose type says customer begins chosen; any other new one,
 * such as a vendor, waits for a person, and so does a likely match. Inactive ones, and those whose name no
 * customer can have, begin left out.
 */
export function rowOf(index: RunIndex, organization: Organization): ImportRow {
  const linked = index.customerOf.get(organization.id);
  if (linked !== undefined) return { organization, group: 'linked', ...customerOf(index, linked) };
  const shape = shapeOf(organization.name);
  const [taken, free] = likelyOf(index, shape);
  const facts = free && {
    customerId: free.customerId,
    customerName: free.customerName,
    because: free.because,
  };
  const unusable = facts ? undefined : unusableName(organization.name);
  if (unusable) return { organization, group: 'unusable', because: unusable, choice: 'skip' };
  const claim = facts ? `customer ${facts.customerId}` : nameClaim(shape);
  if (organization.state !== 'active')
    return { organization, group: 'inactive', ...facts, choice: 'skip', ...(!facts && { claim }) };
  if (facts) return { organization, group: 'likely', ...facts, claim };
  if (!taken) return { organization, group: 'new', claim, ...presetOf(organization) };
  const because = `${taken.because} That customer is linked to another organization of this integration already.`;
  return { organization, group: 'conflict', customerName: taken.customerName, because };
}

function presetOf(organization: Organization): Pick<ImportRow, 'choice' | 'because'> {
  if (isCustomerByType(organization)) return { choice: 'create' };
  const { typeName } = organization;
  return { because: typeName ? `Its type is “${typeName}”, not a customer’s.` : 'It has no type.' };
}

/** The first likely customer, and the first of them that has no organization of this integration. */
function likelyOf(index: RunIndex, shape: NameShape) {
  const likely = index.likely(shape);
  return [likely[0], likely.find(({ customerId }) => !index.organizationOf.has(customerId))];
}

/** Equal for all names that are compared as one company's. */
const nameClaim = ({ core, spelled }: NameShape): string => (core ? `core ${core}` : `name ${spelled}`);

const customerOf = ({ names }: RunIndex, customerId: string) => {
  const customerName = names.get(customerId);
  return { customerId, ...(customerName !== undefined && { customerName }) };
};
