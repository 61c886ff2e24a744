import { createStaffDirectory } from '../../../connectors/graph/createStaffDirectory';
import { TENANTS } from '../../../sandbox/microsoft/tenants';
import { COLLEAGUES, MSP_TENANT_ID } from '../../../sandbox/playgroundConfig';
import { openGraphWorld } from '../../helpers/cloud/graphWorld';

let graph: Awaited<ReturnType<typeof openGraphWorld>>;
beforeEach(async () => {
  graph = await openGraphWorld();
});
afterEach(() => graph.world.close());

const MEGAN = COLLEAGUES[0]?.objectId ?? '';
const own = () => createStaffDirectory(graph.settings, MSP_TENANT_ID);

test('finds a member of the MSP’s own tenant by object id and by address, with the name', async () => {
  const megan = { objectId: MEGAN, name: 'Megan Bowen', guest: false, blocked: false };
  expect(await own().find({ objectId: MEGAN })).toEqual(megan);
  expect(await own().find({ address: 'megan.bowen@msp.example' })).toEqual(megan);
});

test.each([
  { objectId: '00000000-0000-4000-8000-0000000000ee' },
  { address: 'nobody@msp.example' },
  { address: "x' or userType eq 'member@msp.example" },
])('finds nobody for %j', async (sought) => {
  expect(await own().find(sought)).toBeUndefined();
});

test('is closed in a tenant that did not consent', async () => {
  const other = TENANTS.find(({ domain }) => domain === 'northwindtraders.example');
  const directory = createStaffDirectory(graph.settings, other?.tenantId ?? '');
  expect(await directory.find({ objectId: MEGAN })).toBe('closed');
});
