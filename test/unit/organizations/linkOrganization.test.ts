import { keepOurs, takeTheirs } from '../../../domain/organizations/linkNames';
import { linkOrganization, unlinkOrganization } from '../../../domain/organizations/linkOrganization';
import { linksOf } from '../../../domain/organizations/linkView';
import type { Organization } from '../../../domain/organizations/organization';
import { purge } from '../../helpers/store/purge';
import { addIntegration } from '../../helpers/vendors/integrationsWorld';
import { type LinksWorld, link as linked, linksWorld, organization } from '../../helpers/vendors/linksWorld';

let world: LinksWorld;
beforeEach(async () => {
  world = await linksWorld();
});
const link = (customerId: string, name: string, requestId?: string, more?: Partial<Organization>) =>
  linked(world, { customerId, name, requestId, more });
const nameOf = async (id: string) => (await world.deps.stores.customers.get(id))?.value.name;

test('links by id, keeps who did it and when, and a repeat makes nothing twice', async () => {
  const one = await link('contoso', 'Contoso Ltd');
  expect(one).toMatchObject({
    id: `${world.integrationId}:o-Contoso Ltd`,
    value: { customerId: 'contoso', linkedBy: { id: 'tess' }, upstream: { state: 'active' } },
  });
  expect(await link('contoso', 'Contoso Ltd')).toEqual(one);
  expect(await link('contoso', 'Contoso Ltd', 'another request')).toEqual(one);
  expect(await world.deps.stores.links.count()).toBe(1);
  const record = await world.deps.stores.audit.get('link contoso:organization.link');
  expect(record?.value).toMatchObject({
    target: 'Contoso',
    after: 'Contoso Ltd (IT Glue (EU))',
    outcome: 'done',
  });
  expect(await nameOf('contoso')).toBe('Contoso');
});

test('an organization has one customer, and a customer one organization of an integration', async () => {
  await link('contoso', 'Contoso Ltd');
  await expect(link('fabrikam', 'Contoso Ltd')).rejects.toMatchObject({
    code: 'conflict',
    sentence: 'Contoso Ltd is linked to the customer Contoso already.',
  });
  await expect(link('contoso', 'Contoso Inc', 'other')).rejects.toMatchObject({
    code: 'conflict',
    sentence: expect.stringContaining('linked to “Contoso Ltd”'),
  });
  expect(await world.deps.stores.links.count()).toBe(1);
});

test('when two people link in the same second, one link is made and the other person hears of it', async () => {
  const both = await Promise.allSettled([link('contoso', 'X'), link('fabrikam', 'X')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
});

test('the organization of a removed customer is free', async () => {
  await link('contoso', 'X');
  const contoso = await world.deps.stores.customers.get('contoso');
  if (!contoso) throw new TypeError('gone');
  await world.deps.stores.customers.replace(contoso, { ...contoso.value, status: 'removed' });
  expect(await link('fabrikam', 'X')).toMatchObject({ value: { customerId: 'fabrikam' } });
});

test('deletes the dead link of an integration that was removed and added again', async () => {
  const dead = await link('contoso', 'X');
  await world.deps.stores.integrations.remove(world.integrationId);
  world.integrationId = (await addIntegration(world)).id;
  const alive = await link('contoso', 'X', 'again');
  expect(await world.deps.stores.links.get(dead.id)).toBeUndefined();
  expect(await world.deps.stores.links.get(alive.id)).toBeDefined();
});

test('unlinking keeps the customer, and a repeat finds it done', async () => {
  const { id } = await link('contoso', 'X');
  const unlink = (requestId: string) => unlinkOrganization(world.deps, world.tess, { linkId: id, requestId });
  const done = { customerId: 'contoso', organizationName: 'X' };
  expect(await unlink('u')).toEqual(done);
  expect(await unlink('u')).toEqual(done);
  await expect(unlink('v')).rejects.toMatchObject({ code: 'notFound' });
  expect(await nameOf('contoso')).toBe('Contoso');
});

test('refuses an approver, removed customers, and integrations that are gone', async () => {
  const approver = { ...world.tess, permissions: new Set(['customers.read'] as const) };
  const { id } = await link('fabrikam', 'Y');
  const refused = { code: 'notAllowed' };
  const ask = {
    customerId: 'contoso',
    integrationId: world.integrationId,
    organization: organization('X'),
    requestId: 'r',
  };
  const names = { linkId: id, theirName: 'Y', requestId: 'r' };
  await expect(linkOrganization(world.deps, approver, ask)).rejects.toMatchObject(refused);
  await expect(unlinkOrganization(world.deps, approver, names)).rejects.toMatchObject(refused);
  await expect(takeTheirs(world.deps, approver, names)).rejects.toMatchObject(refused);
  await expect(keepOurs(world.deps, approver, names)).rejects.toMatchObject(refused);
  const nobody = { ...approver, permissions: new Set<never>() };
  await expect(linksOf(world.deps, nobody, { id: 'x', name: 'x' })).rejects.toMatchObject(refused);
  await expect(link('nobody', 'X')).rejects.toMatchObject({ code: 'notFound' });
  await expect(
    linkOrganization(world.deps, world.tess, { ...ask, integrationId: 'gone' }),
  ).rejects.toMatchObject({ code: 'notFound' });
  expect(await world.deps.stores.links.count()).toBe(1);
});

test('a link is deleted for good with its customer', async () => {
  await link('contoso', 'X');
  const contoso = await world.deps.stores.customers.get('contoso');
  if (!contoso) throw new TypeError('gone');
  const removed = { at: 0, by: world.tess, purgeAt: world.clock.now() - 1, byRequest: 'r' };
  await world.deps.stores.customers.replace(contoso, { ...contoso.value, status: 'removed', removed });
  expect(await purge(world.deps)).toBe(1);
  expect(await world.deps.stores.links.count()).toBe(0);
});
