import type { Customer } from '../../../domain/customers/customer';
import { nameKeyOf } from '../../../domain/customers/customerName';
import { linkOrganization } from '../../../domain/organizations/linkOrganization';
import type { Organization, OrganizationLink } from '../../../domain/organizations/organization';
import { samples } from '../store/storeSamples';
import { addIntegration, integrationsWorld } from './integrationsWorld';

export const organization = (name: string, more: Partial<Organization> = {}): Organization => ({
  id: `o-${name}`,
  name,
  state: 'active',
  url: `https://acme.itglue.com/${encodeURIComponent(name)}`,
  ...more,
});

/** A world with one integration, and the customers Contoso, Fabrikam and Adatum. */
export async function linksWorld() {
  const world = integrationsWorld();
  const integrationId = (await addIntegration(world)).id;
  for (const name of ['Contoso', 'Fabrikam', 'Adatum'])
    await world.deps.stores.customers.insert(name.toLowerCase(), customer(name));
  return { ...world, integrationId };
}

export type LinksWorld = Awaited<ReturnType<typeof linksWorld>>;

const customer = (name: string): Customer => ({
  ...samples.customers.make(1),
  id: name.toLowerCase(),
  name,
  nameKey: nameKeyOf(name),
  createdByRequest: name,
  office365: { state: 'notChosen' },
});

interface Linked {
  customerId: string;
  name: string;
  requestId?: string;
  more?: Partial<Organization>;
}

export const link = (world: LinksWorld, { customerId, name, requestId, more }: Linked) =>
  linkOrganization(world.deps, world.tess, {
    customerId,
    integrationId: world.integrationId,
    organization: organization(name, more),
    requestId: requestId ?? `link ${customerId}`,
  });

/** Contoso's link, in a state that a refresh can leave. */
export async function seenAs(world: LinksWorld, upstream: Partial<OrganizationLink['upstream']>) {
  const { id } = await link(world, { customerId: 'contoso', name: 'Contoso' });
  const found = await world.deps.stores.links.get(id);
  if (!found) throw new TypeError('no link');
  const next = { ...found.value, upstream: { ...found.value.upstream, ...upstream } };
  await world.deps.stores.links.replace(found, next);
  return id;
}
