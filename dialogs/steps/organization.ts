import { z } from 'zod';
import { organizationStepCard } from '../../cards/organizationStep';
import type { CustomerDeps } from '../../domain/customers/addCustomer';
import { KeyturnError } from '../../domain/errors';
import type { IntegrationDeps } from '../../domain/integrations/integrationDeps';
import { takeTheirs } from '../../domain/organizations/linkNames';
import { linkOrganization } from '../../domain/organizations/linkOrganization';
import type { FoundOrganization } from '../../domain/organizations/searchOrganizations';
import type { Needs } from '../../domain/stores/core';
import type { Step, StepContext, StepResult } from '../dialog';

/** A customer that was just added, and the organizations with a similar name. */
export interface OrganizationValues {
  name: string;
  customerId: string;
  found: FoundOrganization[];
  /** How many more of that name have a customer already. */
  linked: number;
}

export type OrganizationStepDeps = CustomerDeps & IntegrationDeps & Needs<'links'>;

/** Offers the organizations with a similar name. `done` goes on with a sentence about the link. */
export const organizationStep = (
  deps: OrganizationStepDeps,
  done: (
    context: StepContext,
    values: OrganizationValues,
    outcome: string,
  ) => Promise<StepResult<OrganizationValues>>,
): Step<OrganizationValues> => ({
  answer: z.object({ pick: z.string({ message: 'Choose an organization, or the name alone.' }).max(10) }),
  async card({ name, found, linked }, shown) {
    const rows = found.map(({ organization, integrationName }) => ({
      name: organization.name,
      integration: integrationName,
      ...(organization.statusName && { statusName: organization.statusName }),
    }));
    return organizationStepCard({ ...shown, name, rows, linked });
  },
  async handle({ pick }: { pick: string }, values, context) {
    const picked = pick === 'none' ? undefined : values.found[Number(pick)];
    return done(context, values, picked ? await linkPicked(deps, context, values.customerId, picked) : '');
  },
});

/** Links the customer, which takes the organization's name. Resolves to a sentence about it. */
async function linkPicked(
  deps: OrganizationStepDeps,
  { actor, requestId }: StepContext,
  customerId: string,
  { integrationId, integrationName, organization }: FoundOrganization,
): Promise<string> {
  try {
    const link = await linkOrganization(deps, actor, { customerId, integrationId, organization, requestId });
    await takeName(deps, actor, { linkId: link.id, theirName: organization.name, requestId });
    return `It is linked to ${organization.name} in ${integrationName}.`;
  } catch (error) {
    if (error instanceof KeyturnError) return `It was not linked: ${error.sentence}`;
    throw error;
  }
}

/** Another customer may have the name, or it is none for a customer: then the typed one stays. */
async function takeName(...wish: Parameters<typeof takeTheirs>): Promise<void> {
  try {
    await takeTheirs(...wish);
  } catch (error) {
    if (!(error instanceof KeyturnError)) throw error;
  }
}
