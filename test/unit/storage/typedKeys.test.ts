import { everything } from '../../../domain/imports/reading/storedPages';
import type { Store } from '../../../domain/ports';
import type { DefinitionOf } from '../../../storage/collectionDef';
import { jobs } from '../../../storage/collections/jobs';
import { people } from '../../../storage/collections/people';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const stores = memoryStores(new TestClock());
const misuse = { name: 'StoreMisuse' };

describe('a misspelled key neither compiles nor runs', () => {
  test('in a question to a store', async () => {
    const { customers, sendBudgets } = stores;
    // @ts-expect-error
    await expect(customers.find('nameKy', 'contoso')).rejects.toMatchObject(misuse);
    // @ts-expect-error: it is listed, and not unique
    await expect(customers.find('status', 'active')).rejects.toMatchObject(misuse);
    // @ts-expect-error
    await expect(customers.list({ where: { state: 'active' }, limit: 1 })).rejects.toMatchObject(misuse);
    // @ts-expect-error
    await expect(customers.list({ range: { key: 'changed' }, limit: 1 })).rejects.toMatchObject(misuse);
    // @ts-expect-error
    await expect(customers.list({ sort: { key: 'name' }, limit: 1 })).rejects.toMatchObject(misuse);
    // @ts-expect-error
    await expect(customers.count({ contains: { key: 'name', text: '' } })).rejects.toMatchObject(misuse);
    // @ts-expect-error: it is unique, and not listed
    await expect(customers.count({ where: { tenantId: 'a' } })).rejects.toMatchObject(misuse);
    // @ts-expect-error: it has no key
    await expect(sendBudgets.list({ sort: { key: 'id' }, limit: 1 })).rejects.toMatchObject(misuse);
  });

  test('in a store that is handed on', async () => {
    // @ts-expect-error
    const handedOn: Store<unknown, 'nameKy', never> = stores.customers;
    await expect(handedOn.count({ where: { nameKy: 'contoso' } })).rejects.toMatchObject(misuse);
    // @ts-expect-error
    await expect(everything(stores.links, { integration: 'hudu' }).next()).rejects.toMatchObject(misuse);
  });

  test('in a definition', () => {
    // @ts-expect-error
    const without: DefinitionOf<'people'> = { ...people, keys: {} };
    // @ts-expect-error
    const more: DefinitionOf<'people'> = { ...people, keys: { ...people.keys, nam: () => 'x' } };
    // @ts-expect-error
    const index: DefinitionOf<'people'> = { ...people, indexes: [['nam']] };
    // @ts-expect-error
    const other: DefinitionOf<'agents'> = people;
    // @ts-expect-error: a document with a customer's id belongs to a customer
    const nobodys: DefinitionOf<'jobs'> = { ...jobs, ofCustomer: 'nothing' };
    // @ts-expect-error
    const undeclared: DefinitionOf<'people'> = { ...people, ofCustomer: undefined };
    expect([nobodys.ofCustomer, undeclared.ofCustomer]).toEqual(['nothing', undefined]);
    const ran = [Object.keys(without.keys), Object.keys(more.keys), index.indexes, other.name];
    expect(ran).toEqual([[], ['name', 'nam'], [['nam']], 'people']);
  });
});
