import type { Needs } from '../../stores/core';
import type { SignedInAdmin } from '../ports';
import { PERSONAL_ACCOUNTS_TENANT } from '../requiredPermissions';
import type { SignInDeps } from '../signIn/refuseSignIn';
import type { RefusalTraits, SignInFacts } from '../signIn/signInFacts';
import { notAdministrator, OTHER_TENANT, OWN_TENANT, TAKEN } from '../signIn/signInSentences';
import { REFUSALS } from './refusalTable';

export interface TenantRefusal {
  sentence: string;
  more?: RefusalTraits;
}

/** Says why this person's tenant must not be connected to this customer; undefined when it may. */
export async function tenantRefusal(
  deps: Pick<SignInDeps, 'ownTenantId'> & Needs<'customers'>,
  signIn: Pick<SignInFacts, 'customerId' | 'ownTenantMeant'>,
  admin: SignedInAdmin,
): Promise<TenantRefusal | undefined> {
  if (admin.tenantId === PERSONAL_ACCOUNTS_TENANT) return { sentence: REFUSALS.personalAccount.signIn };
  if (admin.tenantId === deps.ownTenantId.toLowerCase() && !signIn.ownTenantMeant)
    return { sentence: OWN_TENANT, more: { ownTenantRefused: true } };
  if (!admin.isGlobalAdministrator) {
    const customer = await deps.stores.customers.get(signIn.customerId);
    return { sentence: notAdministrator(admin.username, customer?.value.name ?? 'the customer') };
  }
  return ownerRefusal(deps, signIn.customerId, admin.tenantId);
}

/**
 * Says why this tenant cannot be this customer's: another customer has it, or this customer has another one.
 */
export async function ownerRefusal(
  deps: Needs<'customers'>,
  customerId: string,
  tenantId: string,
): Promise<TenantRefusal | undefined> {
  const owner = await deps.stores.customers.find('tenantId', tenantId);
  if (owner && owner.id !== customerId) return { sentence: TAKEN, more: { takenBy: owner.id } };
  const office365 = (await deps.stores.customers.get(customerId))?.value.office365;
  if (office365?.state === 'connected' && office365.tenant.tenantId !== tenantId)
    return { sentence: OTHER_TENANT };
  return undefined;
}
