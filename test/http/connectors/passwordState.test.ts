import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import { openGraphWorld } from '../../helpers/cloud/graphWorld';

type GraphWorld = Awaited<ReturnType<typeof openGraphWorld>>;

const NORTHWIND = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';
const SID = 'S-1-5-21-1-2-3-1104';
/** Base64, with characters that an address must escape. */
const ID = 'q+/8Zg+J+0u/PiAAw3n6/w==';
const NAME = { userPrincipalName: "pat.o'hara+x@northwind.example" };

describe('the password of an account in Microsoft 365', () => {
  let world: GraphWorld['world'];
  let settings: GraphWorld['settings'];
  const state = (account: { userPrincipalName?: string; objectSid?: string } = {}, immutableId = ID) =>
    createTenantDirectory(settings).passwordState(NORTHWIND, { immutableId, ...account });
  /** The last users of the tenant, with the test's changes. */
  const users = (...changes: object[]) => {
    const all = world.control.users(NORTHWIND);
    for (const [n, change] of changes.entries()) Object.assign(all[all.length - 1 - n] ?? {}, change);
  };

  beforeEach(async () => {
    ({ world, settings } = await openGraphWorld());
    world.control.grantConsent(NORTHWIND);
    world.control.addUsers(NORTHWIND, 3, true);
    users({
      onPremisesImmutableId: ID,
      onPremisesSecurityIdentifier: SID,
      ...NAME,
      lastPasswordChangeDateTime: '2026-11-23T07:00:05Z',
    });
  });
  afterEach(() => world.close());

  const found = { found: true, synced: true, lastPasswordChangeAt: Date.UTC(2026, 10, 23, 7, 0, 5) };

  test('is found by the immutable id, no matter which characters that has', async () => {
    expect(await state()).toEqual(found);
    expect(await state({ objectSid: SID })).toEqual(found);
  });

  test('is found by its name where no id is known, and not at all without either', async () => {
    expect(await state(NAME, 'AAAA')).toEqual(found);
    expect(await state({}, 'AAAA')).toEqual({ found: false });
  });

  test.each([
    ['id', {}, ID],
    ['name', NAME, 'AAAA'],
  ])('found by its %s with another SID belongs to another account', async (_by, name, id) => {
    expect(await state({ ...name, objectSid: 'S-1-5-21-1-2-3-9999' }, id)).toEqual({ found: false });
  });

  test('of two users with one id, neither counts; the name decides', async () => {
    users({}, { onPremisesImmutableId: ID });
    expect(await state()).toEqual({ found: false });
    expect(await state(NAME)).toEqual(found);
  });

  test('says whether it is synced, and names no time that Microsoft does not give', async () => {
    users({ onPremisesSyncEnabled: null, lastPasswordChangeDateTime: null });
    expect(await state()).toEqual({ found: true, synced: null });
    users({ onPremisesSyncEnabled: false });
    expect(await state()).toEqual({ found: true, synced: false });
  });

  test('reads the last password sync of the tenant without counting its users', async () => {
    const read = () => createTenantDirectory(settings).lastPasswordSyncAt(NORTHWIND);
    world.control.changeOrganization(NORTHWIND, { onPremisesLastPasswordSyncDateTime: undefined });
    expect(await read()).toBeUndefined();
    world.control.changeOrganization(NORTHWIND, {
      onPremisesLastPasswordSyncDateTime: '2026-11-23T07:00:00Z',
    });
    expect(await read()).toBe(Date.UTC(2026, 10, 23, 7));
    world.control.failNext({ kind: 'throttled', retryAfterSeconds: 600 }, { surface: 'graph' });
    expect(await read()).toBeUndefined();
    expect(world.control.requests().filter(({ path }) => path.includes('/users'))).toEqual([]);
  });
});
