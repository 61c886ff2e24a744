import { z } from 'zod';
import { organizationStepCard } from '../../cards/organizationStep';
import type { CustomerDeps } from '../../domain/customers/addCustomer';
import type { Customer } from '../../domain/customers/customer';
import { parseCustomerName } from '../../domain/customers/customerName';
import { KeyturnError } from '../../domain/errors';
import type { IntegrationDeps } from '../../domain/integrations/integrationDeps';
import { linkOrganization } from '../../domain/organizations/linkOrganization';
import {
  customerOfOrganization,
  type FoundOrganization,
} from '../../domain/organizations/searchOrganizations';
import type { Stored } from '../../domain/ports';
import type { Needs } from '../../domain/stores/core';
import type { Step, StepContext, StepResult } from '../dialog';

/** The organizations that match a typed name, and the picked one. */
export interface OrganizationValues {
  name: string;
  found?: FoundOrganization[];
  /** How many more of that name have a customer already. */
  linked?: number;
  organization?: FoundOrganization;
}

export type OrganizationStepDeps = CustomerDeps & IntegrationDeps & Needs<'links'>;

/**
 * Offers the organizations with a similar name. `taken` goes on; `known` handles an organization that already
 * has a customer.
 */
export function organizationStep<Values extends OrganizationValues>(
  deps: OrganizationStepDeps,
  taken: (values: Values) => Promise<StepResult<Values>>,
  known: (customer: Stored<Customer>) => StepResult<Values>,
): Step<Values> {
  return {
    answer: z.object({
      pick: z.string({ message: 'Please choose an organization, or just the name.' }).max(10),
    }),
    summary: ({ organization, name }) =>
      organization ? `${organization.organization.name} (${organization.integrationName})` : `Name: ${name}`,
    async card({ name, found = [], linked = 0 }, shown) {
      const rows = found.map(({ organization, integrationName }) => ({
        name: organization.name,
        integration: integrationName,
        ...(organization.statusName && { statusName: organization.statusName }),
      }));
      return organizationStepCard({ ...shown, name, rows, linked });
    },
    async handle({ pick }: { pick: string }, values) {
      const { organization: _before, ...rest } = values;
      const picked = pick === 'none' ? undefined : values.found?.[Number(pick)];
      if (!picked) return taken(rest as Values);
      const customer = await customerOfOrganization(deps, picked);
      if (customer) return known(customer);
      const name = nameFrom(picked.organization.name) ?? values.name;
      return taken({ ...values, name, organization: picked });
    },
  };
}

/** The organization's name as a customer's name; undefined when it is not valid as one. */
function nameFrom(name: string): string | undefined {
  try {
    return parseCustomerName(name);
  } catch (error) {
    if (error instanceof KeyturnError) return undefined;
    throw error;
  }
}

/** Links the customer that was just added to the picked organization. Resolves to a sentence about it. */
export async function linkPicked(
  deps: OrganizationStepDeps,
  { actor, requestId }: StepContext,
  customerId: string,
  picked: FoundOrganization | undefined,
): Promise<string[]> {
  if (!picked) return [];
  const { integrationId, integrationName, organization } = picked;
  try {
    await linkOrganization(deps, actor, { customerId, integrationId, organization, requestId });
    return [`It is linked to ${organization.name} in ${integrationName}.`];
  } catch (error) {
    if (error instanceof KeyturnError) return [`It was not linked: ${error.sentence}`];
    throw error;
  }
}
