import { StoreUnavailable } from '../../../domain/errors';
import { removePerson } from '../../../domain/people/people';
import type { Stores } from '../../../domain/stores/stores';
import { technician } from '../../helpers/bot/technician';
import { actor } from '../../helpers/cloud/signInWorld';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { samples } from '../../helpers/store/storeSamples';

const TESS = '00000000-0000-4000-8000-0000000000cc';
const OTHER = '00000000-0000-4000-8000-0000000000dd';

let stores: Stores;
beforeEach(async () => {
  stores = memoryStores(new TestClock());
  await stores.people.insert(TESS, technician(TESS));
  for (const personId of [TESS, OTHER]) {
    await stores.references.insert(`chat of ${personId}`, { ...samples.references.make(1), personId });
    await stores.subscriptions.insert(`chat of ${personId}`, { ...samples.subscriptions.make(1), personId });
  }
});

const remove = () =>
  removePerson({ stores, clock: new TestClock(), firstAdmins: [] }, actor('ada', 'admin'), {
    objectId: TESS,
    requestId: 'r',
  });
const kept = async () => ({
  people: await stores.people.count(),
  chats: (await stores.references.list({ limit: 9 })).items.map(({ id }) => id),
  told: (await stores.subscriptions.list({ limit: 9 })).items.map(({ id }) => id),
});
const FORGOTTEN = { people: 0, chats: [`chat of ${OTHER}`], told: [`chat of ${OTHER}`] };

test('removing a person forgets the chats of that person, and what was told there', async () => {
  await remove();
  expect(await kept()).toEqual(FORGOTTEN);
});

test('a repeat forgets a person who was removed before the store went away', async () => {
  const list = jest.spyOn(stores.subscriptions, 'list').mockRejectedValue(new StoreUnavailable('away'));
  await expect(remove()).rejects.toThrow('away');
  expect(await stores.people.count()).toBe(0);
  list.mockRestore();
  expect(await remove()).toEqual({ name: technician(TESS).name });
  expect(await kept()).toEqual(FORGOTTEN);
});
