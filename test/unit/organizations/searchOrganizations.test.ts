import { searchOrganizations } from '../../../domain/organizations/searchOrganizations';
import { actor } from '../../helpers/cloud/signInWorld';
import { customerOf, importWorld, organization } from '../../helpers/vendors/importWorld';

async function worldOf() {
  const world = await importWorld();
  const deps = {
    ...world.deps,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    sources: { of: () => world.source },
    vault: {
      canSeal: true,
      seal: async () => ({ kid: 'k', jwe: 'sealed' }),
      open: async () => 'a-secret-key',
      isCurrent: () => true,
      knows: () => true,
    },
  };
  world.source.organizations = [
    organization('1', 'Fabrikam Manufacturing'),
    organization('2', 'Fabrikam Foods'),
    organization('3', 'Fabrikam Old', { state: 'archived' }),
    organization('4', 'Fabrikam Farms'),
  ];
  await world.stores.customers.insert('fabrikam', customerOf('fabrikam', 'Fabrikam'));
  const link = (organizationId: string, customerId: string) =>
    world.stores.links.insert(`hudu:${organizationId}`, {
      customerId,
      integrationId: 'hudu',
      organizationId,
      upstream: { name: 'x', state: 'active', seenAt: 0 },
      linkedAt: 0,
      linkedBy: { id: 'ada', name: 'Ada' },
    });
  return { ...world, deps, link };
}

test('leaves out organizations that have a customer already, and counts them', async () => {
  const { deps, link, tess } = await worldOf();
  await link('1', 'fabrikam');
  await link('4', 'removed');
  const { found, linked } = await searchOrganizations(deps, tess, 'fabrikam');
  expect(found.map(({ organization: { name } }) => name)).toEqual(['Fabrikam Foods', 'Fabrikam Farms']);
  expect(linked).toBe(1);
});

test('finds nothing for a person who may not import, or at an account that fails', async () => {
  const { deps, tess, source } = await worldOf();
  const nothing = { found: [], linked: 0 };
  expect(await searchOrganizations(deps, actor('abe', 'approver'), 'fabrikam')).toEqual(nothing);
  source.before = () => {
    throw new Error('away');
  };
  expect(await searchOrganizations(deps, tess, 'fabrikam')).toEqual(nothing);
});
