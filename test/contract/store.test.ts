import type { Store } from '../../domain/ports';
import type { Stores } from '../../domain/stores/stores';
import type { AnyCollection } from '../../storage/collectionDef';
import { storesOf } from '../../storage/collections';
import type { Storage } from '../../storage/openStorage';
import { describeWith } from '../helpers/process/parts';
import { dueContract } from '../helpers/store/contract/due';
import { expiryContract } from '../helpers/store/contract/expiry';
import { fairLinesContract } from '../helpers/store/contract/fairLines';
import { queriesContract } from '../helpers/store/contract/queries';
import { idOf, type Subject, type Value } from '../helpers/store/contract/subject';
import { writesContract } from '../helpers/store/contract/writes';
import { type StorageWorld, worldKinds } from '../helpers/store/storageWorlds';
import { NOW } from '../helpers/store/storeSample';
import { samples } from '../helpers/store/storeSamples';

const defs: AnyCollection<Value>[] = [];
storesOf(<T>(def: AnyCollection<T>) => {
  defs.push(def as unknown as AnyCollection<Value>);
  return {} as Store<T, string, string>;
});

for (const kind of worldKinds)
  describeWith(kind, `the store on ${kind.name}`, () => {
    let world: StorageWorld;
    const instances: Storage[] = [];

    beforeAll(async () => {
      world = await kind.make();
      instances.push(await world.open(), await world.open());
    });
    afterAll(() => world.close());

    for (const def of defs) describe(def.name, () => contract(def));

    function contract(def: AnyCollection<Value>) {
      const subject = subjectOf(def);
      afterEach(async () => {
        world.clock.time = NOW;
        await empty(subject);
      });
      writesContract(subject);
      queriesContract(subject);
      if (def.due) dueContract(subject);
      if (def.line) fairLinesContract(subject);
      if (def.expires) expiryContract(subject);
    }

    function subjectOf(def: AnyCollection<Value>): Subject {
      const name = def.name as keyof Stores;
      const { make, share } = samples[name] as unknown as Pick<Subject, 'make' | 'share'>;
      const store = (n = 0) => instances[n % 2]?.stores[name] as unknown as Store<Value, string, string>;
      return {
        def,
        make,
        share,
        store,
        insert: (n) => store(n).insert(idOf(n), make(n)),
        clock: {
          get time() {
            return world.clock.time;
          },
          set time(time) {
            world.clock.time = time;
          },
        },
        sweep: async (now) => instances[1]?.sweep(now),
      };
    }
  });

async function empty({ store, sweep }: Subject): Promise<void> {
  for (;;) {
    const { items } = await store().list({ limit: 1000 });
    if (items.length === 0) break;
    for (const { id } of items) await store().remove(id);
  }
  await sweep(Number.MAX_SAFE_INTEGER);
}
