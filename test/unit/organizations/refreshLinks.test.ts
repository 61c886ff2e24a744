import type { Organization } from '../../../domain/organizations/organization';
import { SourceRefused } from '../../../domain/organizations/ports';
import { refreshLinks } from '../../../domain/organizations/refreshLinks';
import { samples } from '../../helpers/store/storeSamples';
import { type LinksWorld, link as linked, linksWorld, organization } from '../../helpers/vendors/linksWorld';

let world: LinksWorld;
beforeEach(async () => {
  world = await linksWorld();
});
const link = (customerId: string, name: string, requestId?: string, more?: Partial<Organization>) =>
  linked(world, { customerId, name, requestId, more });
const refresh = async () => {
  const source = world.sources.of(undefined, 'key');
  return refreshLinks(world.deps, { integrationId: world.integrationId, source });
};
const upstreamOf = async (id: string) => (await world.deps.stores.links.get(id))?.value.upstream;
const NOTHING = { renamed: 0, archived: 0, inactive: 0, gone: 0, merged: 0, unconfirmed: 0 };

test('notices renamed, archived, inactive, merged and gone organizations, and changes no customer', async () => {
  await link('contoso', 'Contoso', undefined, { id: '1' });
  await link('fabrikam', 'Fabrikam', undefined, { id: '2' });
  await link('adatum', 'Adatum', undefined, { id: '3' });
  const before = await world.deps.stores.customers.list({ limit: 10 });
  const [one, two, three] = ['1', '2', '3'].map((id) => `${world.integrationId}:${id}`) as [
    string,
    string,
    string,
  ];
  world.sources.organizations = [
    organization('Contoso Group', { id: '1' }),
    organization('Fabrikam', { id: '2', state: 'archived' }),
    organization('Adatum', { id: '3', state: 'inactive' }),
  ];
  world.clock.advance(1000);
  expect(await refresh()).toEqual({ ...NOTHING, links: 3, renamed: 1, archived: 1, inactive: 1 });
  expect(await upstreamOf(one)).toMatchObject({ name: 'Contoso Group', seenAt: world.clock.now() });
  expect(await refresh()).toEqual({ ...NOTHING, links: 3 });

  world.sources.organizations = [
    organization('Contoso Group', { id: '1' }),
    organization('ADATUM', { id: '4' }),
  ];
  expect(await refresh()).toEqual({ ...NOTHING, links: 3, gone: 1, merged: 1 });
  expect(await upstreamOf(two)).toMatchObject({ state: 'gone', name: 'Fabrikam' });
  expect(await upstreamOf(three)).toMatchObject({
    state: 'gone',
    mergedInto: { organizationId: '4', name: 'ADATUM' },
  });
  expect(await world.deps.stores.customers.list({ limit: 10 })).toEqual(before);

  world.sources.organizations = ['1', '2', '3'].map((id) => organization(`N${id}`, { id }));
  await refresh();
  expect(await upstreamOf(three)).toEqual({
    name: 'N3',
    url: expect.any(String),
    state: 'active',
    seenAt: world.clock.now(),
  });
});

test('asks for an organization that the list leaves out before calling it gone', async () => {
  const { id } = await link('contoso', 'Contoso', undefined, { id: '1' });
  world.sources.hidden = [organization('Contoso', { id: '1', state: 'archived' })];
  expect(await refresh()).toEqual({ ...NOTHING, links: 1, archived: 1 });
  expect(world.sources.asked).toEqual(['1']);
  expect(await upstreamOf(id)).toMatchObject({ state: 'archived' });
});

test('reads all pages, and asks for nothing when nothing is linked', async () => {
  world.sources.refusal = 'unavailable';
  expect(await refresh()).toEqual({ ...NOTHING, links: 0 });
  world.sources.refusal = undefined;
  await link('contoso', 'Old', undefined, { id: '249' });
  world.sources.organizations = Array.from({ length: 250 }, (_, n) =>
    organization(`N${n}`, { id: String(n) }),
  );
  expect(await refresh()).toMatchObject({ renamed: 1 });
  expect(world.sources.asked).toEqual([]);
});

test.each(['badKey', 'unavailable'] as const)(
  'changes nothing when the list cannot be read: %s',
  async (refusal) => {
    const { id } = await link('contoso', 'Contoso');
    const before = await upstreamOf(id);
    world.sources.refusal = refusal;
    await expect(refresh()).rejects.toMatchObject({ refusal });
    expect(await upstreamOf(id)).toEqual(before);
  },
);

test('changes nothing when the list never ends', async () => {
  const { id } = await link('contoso', 'Contoso');
  const source = {
    ...world.sources.of(undefined, 'key'),
    page: async () => ({ organizations: [], bad: [], next: 'same' }),
  };
  await expect(
    refreshLinks(world.deps, { integrationId: world.integrationId, source }),
  ).rejects.toMatchObject({
    refusal: 'endless',
  });
  expect(await upstreamOf(id)).toMatchObject({ state: 'active' });
});

test('asks for a limited number one by one, not for thousands', async () => {
  for (let n = 0; n < 230; n++) {
    const value = { ...samples.links.make(n), integrationId: world.integrationId, organizationId: String(n) };
    await world.deps.stores.links.insert(`${world.integrationId}:${n}`, value);
  }
  expect(await refresh()).toMatchObject({ links: 230, gone: 200, unconfirmed: 30 });
  expect(world.sources.asked).toHaveLength(200);
});

test.each(['webPage', 'notJson', 'brokenOff'] as const)(
  'does not call an organization gone that the list leaves out and that is answered with %s',
  async (refusal) => {
    const { id } = await link('contoso', 'Contoso', undefined, { id: '1' });
    const before = await upstreamOf(id);
    const source = world.sources.of(undefined, 'key');
    const one = () => Promise.reject(new SourceRefused(refusal));
    const found = await refreshLinks(world.deps, {
      integrationId: world.integrationId,
      source: { ...source, page: async () => ({ organizations: [], bad: [] }), one },
    });
    expect(found).toEqual({ ...NOTHING, links: 1, unconfirmed: 1 });
    expect(await upstreamOf(id)).toEqual(before);
  },
);
