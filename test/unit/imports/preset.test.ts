import { reviewPage } from '../../../domain/imports/reviewPage';
import { importWorld, organization, reviewable } from '../../helpers/vendors/importWorld';

test('presets only organizations whose type says customer, and says why not the others', async () => {
  const world = await importWorld();
  world.source.organizations = [
    organization('1', 'Adatum', { typeName: 'Client' }),
    organization('2', 'Dell Support', { typeName: 'Vendor' }),
    organization('3', 'Olive Tree', { typeName: 'Prospect' }),
    organization('4', 'Bright Harbour IT', { typeName: 'Owner' }),
    organization('5', 'Coho Winery', { typeName: undefined }),
  ];
  const { rows } = await reviewPage(world.deps, world.tess, await reviewable(world), { page: 0 });
  expect(rows.map(({ group }) => group)).toEqual(Array(5).fill('new'));
  expect(rows.map(({ choice, because }) => choice ?? because)).toEqual([
    'create',
    expect.stringContaining('“Vendor”'),
    expect.stringContaining('“Prospect”'),
    expect.stringContaining('“Owner”'),
    expect.stringContaining('no type'),
  ]);
});
