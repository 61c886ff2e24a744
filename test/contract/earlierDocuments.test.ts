import type { Delivery } from '../../domain/notifications/delivery';
import { noticesOfDigest } from '../../domain/notifications/digest';
import type { AnyCollection } from '../../storage/collectionDef';
import { createStore } from '../../storage/createStore';
import { openMongo } from '../../storage/drivers/mongo';
import { openSqlite } from '../../storage/drivers/sqlite';
import { describeWith } from '../helpers/process/parts';
import { type StorageWorld, silent, worldKinds } from '../helpers/store/storageWorlds';
import { NOW } from '../helpers/store/storeSample';
import { samples } from '../helpers/store/storeSamples';

/** A delivery from before deliveries had subjects. */
type Earlier = Omit<Delivery, 'subject' | 'keptFor'> & { digest: boolean; digestId?: string };

const before: AnyCollection<Earlier> = {
  name: 'deliveries',
  ofCustomer: { key: 'customerId' },
  keys: {
    conversationId: ({ conversationId }) => conversationId,
    noticeId: ({ digest, noticeIds }) => (digest ? undefined : noticeIds?.[0]),
    digestId: ({ digest, digestId }) => (digest ? undefined : digestId),
  },
  unique: {},
  due: ({ state, dueAt }) => (state === 'kept' ? undefined : dueAt),
};

const earlier = (more: Partial<Earlier> = {}): Earlier => ({
  ...{ conversationId: 'a:Tess', noticeIds: ['n1'], digest: false, wanted: 1, shown: 0 },
  ...{ state: 'waiting', attempts: 0, dueAt: NOW, createdAt: NOW },
  ...more,
});

for (const kind of worldKinds)
  describeWith(kind, `deliveries of an earlier version on ${kind.name}`, () => {
    let world: StorageWorld;
    beforeEach(async () => {
      world = await kind.make();
    });
    afterEach(() => world.close());

    async function writtenBefore(documents: Record<string, Earlier>): Promise<void> {
      const { config, clock } = world;
      const driver = config.kind === 'sqlite' ? openSqlite(config.folder) : await openMongo(config, silent);
      const store = createStore(before, driver.table(before), clock);
      await driver.prepared();
      for (const [id, value] of Object.entries(documents)) await store.insert(id, value);
      await driver.close();
    }

    test('finds an existing card by its notice, which becomes its subject', async () => {
      await writtenBefore({ 'n1|a:Tess': earlier({ state: 'shown', cardId: 'card', shown: 1 }) });
      const { stores } = await world.open();
      const { items } = await stores.deliveries.list({ where: { subject: 'notice|n1' }, limit: 2 });
      expect(items).toEqual([await stores.deliveries.get('n1|a:Tess')]);
      expect(items[0]?.value).toEqual({
        ...{ conversationId: 'a:Tess', subject: { kind: 'notice', id: 'n1' }, wanted: 1, shown: 1 },
        ...{ state: 'shown', cardId: 'card', attempts: 0, dueAt: NOW, createdAt: NOW },
      });
    });

    test.each(['digest|a:Tess|1', undefined])(
      'a digest sums up the notices that were kept for it, and those in its own list; its id is %s',
      async (digestId) => {
        await writtenBefore({
          'n1|a:Tess': earlier({ state: 'kept', digestId: 'digest|a:Tess|1' }),
          'digest|a:Tess|1': earlier({
            ...{ digest: true, noticeIds: digestId ? [] : ['n2'] },
            ...(digestId && { digestId }),
          }),
        });
        const { stores } = await world.open();
        for (const n of [1, 2]) await stores.notices.insert(`n${n}`, samples.notices.make(n));
        const [digest] = await stores.deliveries.claimDue(NOW, 1_000, 5);
        expect(digest?.value.subject).toEqual({ kind: 'digest', id: 'digest|a:Tess|1' });
        const told: string[] = [];
        for await (const notices of noticesOfDigest({ stores }, digest?.value as Delivery))
          told.push(...notices.map(({ id }) => id));
        expect(told).toEqual(digestId ? ['n1'] : ['n2', 'n1']);
      },
    );
  });
