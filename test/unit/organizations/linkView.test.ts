import { keepOurs, takeTheirs } from '../../../domain/organizations/linkNames';
import { linksOf, linkView } from '../../../domain/organizations/linkView';
import { samples } from '../../helpers/store/storeSamples';
import { type LinksWorld, linksWorld, seenAs } from '../../helpers/vendors/linksWorld';

let world: LinksWorld;
beforeEach(async () => {
  world = await linksWorld();
});
const nameOf = async (id: string) => (await world.deps.stores.customers.get(id))?.value.name;
const facts = async () => {
  const [only] = await linksOf(world.deps, world.tess, {
    id: 'contoso',
    name: (await nameOf('contoso')) ?? '',
  });
  return only;
};
const seen = (upstream: Parameters<typeof seenAs>[1]) => seenAs(world, upstream);

test('nothing needs a decision while the name is the same in any spelling', async () => {
  await seen({ name: 'CONTOSO' });
  expect(await facts()).toMatchObject({
    organizationName: 'CONTOSO',
    url: 'https://acme.itglue.com/Contoso',
    integration: { name: 'IT Glue (EU)', kind: 'itglue' },
    notices: [],
  });
  expect(await facts()).not.toHaveProperty('nameDiffers');
});

test('“take theirs” renames the customer by the rules of renaming, once', async () => {
  const linkId = await seen({ name: 'Contoso Group' });
  expect(await facts()).toMatchObject({ nameDiffers: { theirs: 'Contoso Group', ours: 'Contoso' } });
  const request = { linkId, theirName: 'Contoso Group', requestId: 'take' };
  await takeTheirs(world.deps, world.tess, request);
  await takeTheirs(world.deps, world.tess, request);
  expect(await nameOf('contoso')).toBe('Contoso Group');
  expect(await facts()).not.toHaveProperty('nameDiffers');
  const record = await world.deps.stores.audit.get('take:organization.takeTheirs');
  expect(record?.value).toMatchObject({ before: 'Contoso', after: 'Contoso Group', outcome: 'done' });
  expect((await world.deps.stores.audit.get('take:customer.rename'))?.value.outcome).toBe('done');
});

test('refuses a name that no customer can have or that another has, and changes nothing', async () => {
  const linkId = await seen({ name: 'x'.repeat(250) });
  const take = (theirName: string) =>
    takeTheirs(world.deps, world.tess, { linkId, theirName, requestId: theirName.slice(0, 9) });
  await expect(take('x'.repeat(250))).rejects.toMatchObject({ code: 'invalidInput' });
  await seen({ name: 'Fabrikam' });
  await expect(take('Fabrikam')).rejects.toMatchObject({ code: 'conflict' });
  expect(await nameOf('contoso')).toBe('Contoso');
});

test('asks again after “keep ours” only when the name there changes again', async () => {
  const linkId = await seen({ name: 'Contoso Group' });
  const request = { linkId, theirName: 'Contoso Group', requestId: 'keep' };
  await keepOurs(world.deps, world.tess, request);
  await keepOurs(world.deps, world.tess, request);
  expect(await facts()).not.toHaveProperty('nameDiffers');
  await seen({ name: 'Contoso Holding' });
  expect(await facts()).toMatchObject({ nameDiffers: { theirs: 'Contoso Holding' } });
  expect(await nameOf('contoso')).toBe('Contoso');
});

test('a decision about an old name does not count for the new one', async () => {
  const linkId = await seen({ name: 'Contoso Holding' });
  const request = { linkId, theirName: 'Contoso Group', requestId: 'late' };
  await expect(takeTheirs(world.deps, world.tess, request)).rejects.toMatchObject({ code: 'conflict' });
  await expect(keepOurs(world.deps, world.tess, request)).rejects.toMatchObject({ code: 'conflict' });
  expect(await nameOf('contoso')).toBe('Contoso');
});

test('shows a link as archived, gone, merged or paused, and a removed integration', async () => {
  await seen({ state: 'archived' });
  expect(await facts()).toMatchObject({ notices: ['archived'], url: expect.any(String) });
  await seen({ state: 'gone', name: 'Other' });
  expect(await facts()).toMatchObject({ notices: ['gone'] });
  expect(await facts()).not.toHaveProperty('url');
  expect(await facts()).not.toHaveProperty('nameDiffers');
  await seen({ mergedInto: { organizationId: '4', name: 'Other' } });
  expect(await facts()).toMatchObject({ notices: ['merged'], mergedInto: { name: 'Other' } });
  const integration = await world.deps.stores.integrations.get(world.integrationId);
  if (!integration) throw new TypeError('gone');
  await world.deps.stores.integrations.replace(integration, { ...integration.value, state: 'paused' });
  expect(await facts()).toMatchObject({ notices: ['integrationPaused', 'merged'] });
  await world.deps.stores.integrations.remove(world.integrationId);
  expect(await facts()).toMatchObject({ notices: ['integrationRemoved'] });
  expect(await facts()).not.toHaveProperty('integration');
});

test('an organization without a name is no reason to rename', () => {
  const value = { ...samples.links.make(1), upstream: { name: ' ', state: 'active' as const, seenAt: 0 } };
  const integration = { id: 'i', version: 1, value: samples.integrations.make(1) };
  expect(linkView({ id: 'l', version: 1, value }, 'Contoso', integration)).not.toHaveProperty('nameDiffers');
});
