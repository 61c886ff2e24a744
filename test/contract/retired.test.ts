import { createStore } from '../../storage/createStore';
import { openMongo } from '../../storage/drivers/mongo';
import { openSqlite } from '../../storage/drivers/sqlite';
import type { StorageConfig } from '../../storage/openStorage';
import { retired } from '../../storage/retired';
import { describeWith } from '../helpers/process/parts';
import { type StorageWorld, silent, worldKinds } from '../helpers/store/storageWorlds';
import { NOW } from '../helpers/store/storeSample';

interface Old {
  conversationKey: string;
  stateHash?: string;
  expiresAt: number;
}

/** The sign-ins as an earlier version defined them. */
const earlier = {
  name: 'signIns',
  ofCustomer: { stays: 'as an earlier version had it' },
  keys: { conversationKey: (value: Old) => value.conversationKey },
  unique: { stateHash: (value: Old) => value.stateHash },
  expires: (value: Old) => value.expiresAt,
};

const driverOf = async (config: StorageConfig) =>
  config.kind === 'sqlite' ? openSqlite(config.folder) : openMongo(config, silent);

for (const kind of worldKinds)
  describeWith(kind, `a collection of an earlier version, on ${kind.name}`, () => {
    let world: StorageWorld;
    beforeAll(async () => {
      world = await kind.make();
    });
    afterAll(() => world.close());

    test('is known, and loses only expired documents', async () => {
      expect(retired.map(({ name }) => name)).toContain(earlier.name);
      const driver = await driverOf(world.config);
      const old = createStore<Old, 'conversationKey', 'stateHash'>(
        earlier,
        driver.table(earlier),
        world.clock,
      );
      await driver.prepared();
      await old.insert('expired', { conversationKey: 'c', stateHash: 's', expiresAt: NOW + 1 });
      await old.insert('younger', { conversationKey: 'c', expiresAt: NOW + 60_000 });
      const storage = await world.open();
      await storage.sweep(NOW + 2);
      expect((await old.list({ limit: 9 })).items.map(({ id }) => id)).toEqual(['younger']);
      await old.insert('newer', { conversationKey: 'c', stateHash: 's', expiresAt: NOW + 60_000 });
      await driver.close();
    });
  });
