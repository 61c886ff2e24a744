import { conflict } from '../errors';
import type { OrganizationSource } from '../organizations/ports';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { knownIntegration } from './changeIntegration';
import type { Integration } from './integration';
import type { IntegrationDeps } from './integrationDeps';
import { integrationContext } from './storedKeys';

/** An integration as people see it: without its key. */
export type ListedIntegration = Omit<Integration, 'key'> & { id: string; linked: number };

const MOST = 100;

/** All integrations by name, with how many customers each is linked to. */
export async function listIntegrations(
  deps: Needs<'integrations' | 'links'>,
  actor: Actor,
): Promise<ListedIntegration[]> {
  permit(actor, 'integrations.manage');
  const { items } = await deps.stores.integrations.list({ sort: { key: 'name' }, limit: MOST });
  return Promise.all(
    items.map(async ({ id, value: { key: _key, ...shown } }) => ({
      ...shown,
      id,
      linked: await deps.stores.links.count({ where: { integrationId: id } }),
    })),
  );
}

/** All integrations by name: somebody who imports names one. A paused one is not usable. */
export async function namedIntegrations(
  deps: Needs<'integrations'>,
  actor: Actor,
): Promise<{ id: string; name: string; kind: Integration['kind']; usable: boolean }[]> {
  permit(actor, 'organizations.import');
  const { items } = await deps.stores.integrations.list({ sort: { key: 'name' }, limit: MOST });
  return items.map(({ id, value: { name, kind, state } }) => ({
    id,
    name,
    kind,
    usable: state === 'active',
  }));
}

/** The integrations that can be read now. */
export const usableIntegrations = async (deps: Needs<'integrations'>, actor: Actor) =>
  (await namedIntegrations(deps, actor)).flatMap(({ usable, ...named }) => (usable ? [named] : []));

/**
 * Opens the stored key for the source that reads with it. Throws notFound, conflict while the integration
 * is paused, settings.
 */
export async function openSource(
  deps: Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations'>,
  integrationId: string,
): Promise<{ integration: Stored<Integration>; source: OrganizationSource }> {
  const integration = await knownIntegration(deps.stores.integrations, integrationId);
  const { name, state, key } = integration.value;
  if (state === 'paused')
    throw conflict(`${name} is paused. An admin can resume it (type “integrations”), then try again.`);
  const apiKey = await deps.vault.open(key, integrationContext(integrationId));
  return { integration, source: deps.sources.of(integration.value, apiKey) };
}
