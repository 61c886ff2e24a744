import { purgeRemoved } from '../../domain/customers/purgeRemoved';
import type { Store } from '../../domain/ports';
import type { AnyCollection } from '../../storage/collectionDef';
import { definitions } from '../../storage/collections';
import type { Storage } from '../../storage/openStorage';
import { describeWith } from '../helpers/process/parts';
import type { Value } from '../helpers/store/contract/subject';
import { type StorageWorld, worldKinds } from '../helpers/store/storageWorlds';
import { NOW, padded, type Sample } from '../helpers/store/storeSample';
import { samples } from '../helpers/store/storeSamples';

const customerOf = (n: number) => `customer-${padded(n)}`;
const GONE = customerOf(1);
const OTHER = customerOf(2);
const MANY = 201;

type Name = keyof typeof definitions;
const names = Object.keys(definitions) as Name[];
const declared = (name: Name) => (definitions[name] as AnyCollection<unknown>).ofCustomer;
const staying = names.filter((name) => {
  const ofCustomer = declared(name);
  return typeof ofCustomer === 'object' && 'stays' in ofCustomer;
});
const ofCustomers = names.filter((name) => declared(name) !== 'nothing');

/**
 * What the collections that keep documents contain about a customer. For all others the sample of that
 * number, with the customer's id.
 */
const said = (customerId: string): { [name in Name]?: Value } => ({
  conversations: { dialogs: { dialogStack: [{ id: 'renameCustomer', state: { customerId } }] } },
  importPages: { rows: [{ organization: { id: '1', name: 'Contoso', state: 'active' }, customerId }] },
});

const removed = { at: NOW, by: { id: 'ada', name: 'Ada' }, purgeAt: NOW - 1, byRequest: 'r' };

function sampleOf(name: Name, n: number, customerId: string): Value {
  const { make } = samples[name] as unknown as Sample<Value>;
  const ofCustomer = declared(name);
  const keyed = typeof ofCustomer === 'object' && 'key' in ofCustomer;
  const gone = name === 'customers' && customerId === GONE && { status: 'removed', removed };
  const named = name === 'subscriptions' && { customers: [customerId, 'customer'] };
  return { ...make(n), ...said(customerId)[name], ...(keyed && { customerId }), ...gone, ...named };
}

const idOf = (name: Name, n: number, customerId: string) =>
  ['id', 'itself'].includes(String(declared(name))) ? customerId : `${name}-${n}`;

for (const kind of worldKinds)
  describeWith(kind, `a customer that is deleted for good, on ${kind.name}`, () => {
    let world: StorageWorld;
    let storage: Storage;
    beforeAll(async () => {
      world = await kind.make();
      storage = await world.open();
      for (const name of names) {
        await storeOf(name).insert(idOf(name, 1, GONE), sampleOf(name, 1, GONE));
        await storeOf(name).insert(idOf(name, 2, OTHER), sampleOf(name, 2, OTHER));
      }
      for (let n = 3; n < MANY + 3; n++) {
        await storeOf('events').insert(`events-${n}`, sampleOf('events', n, GONE));
        await storeOf('subscriptions').insert(`subscriptions-${n}`, sampleOf('subscriptions', n, GONE));
      }
    });
    afterAll(() => world.close());

    const storeOf = (name: Name) => storage.stores[name] as unknown as Store<Value, never, never>;
    const all = async (name: Name) => (await storeOf(name).list({ limit: 1000 })).items;
    const naming = async (customerId: string) => {
      const found = await Promise.all(names.map(all));
      return names.filter((_, n) => JSON.stringify(found[n]).includes(customerId));
    };

    test('is in every collection that may contain customers, and afterwards only where a reason allows it', async () => {
      expect(await naming(GONE)).toEqual(ofCustomers);
      const { customers, audit } = storage.stores;
      const { customerRecords } = storage;
      expect(await purgeRemoved({ stores: { customers, audit }, clock: world.clock, customerRecords })).toBe(
        1,
      );
      expect(await naming(GONE)).toEqual(staying);
    });

    test('leaves other customers untouched', async () => {
      expect(await naming(OTHER)).toEqual(ofCustomers);
      for (const name of names)
        expect((await storeOf(name).get(idOf(name, 2, OTHER)))?.value).toEqual(sampleOf(name, 2, OTHER));
    });

    test('leaves the other customers in a list of customers', async () => {
      const lists = (await all('subscriptions')).map(({ value }) => value.customers);
      expect(lists.filter((list) => JSON.stringify(list) === '["customer"]')).toHaveLength(MANY + 1);
    });
  });
