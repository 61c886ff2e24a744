import { randomUUID } from 'node:crypto';
import {
  beatOf,
  HEALTH,
  machine,
  reset,
  type ServingWorld,
  servingWorld,
  user,
} from '../helpers/bot/servingWorld';
import { describeWith } from '../helpers/process/parts';
import { type StorageWorld, worldKinds } from '../helpers/store/storageWorlds';

const STRANGE = ['a\0b', '\ud800', 'x\udc00y', '\0', '😀\ud83d'];

describe.each(worldKinds)('text of any kind on $name', (kind) => {
  describeWith(kind, 'from an agent', () => {
    let database: StorageWorld;
    let world: ServingWorld;
    let agent: Awaited<ReturnType<ServingWorld['enrolled']>>;
    beforeAll(async () => {
      database = await kind.make();
      const { stores } = await database.open();
      const clock = Object.assign(database.clock, {
        advance: (ms: number) => {
          database.clock.time += ms;
        },
      });
      world = await servingWorld({ stores, clock });
      agent = await world.enrolled({ ...machine(), name: 'DC\0\ud800' });
    });
    afterAll(async () => {
      await world.bot.stop();
      await database.close();
    });

    it('is stored: in resets, in who did them, in users, in health, in what was done', async () => {
      const now = world.clock.now();
      const events = STRANGE.map((text, n) =>
        reset(n + 1, now, {
          user: user(n, {
            samAccountName: text,
            displayName: text,
            mail: text,
            distinguishedName: `CN=${text}`,
          }),
          how: 'reset',
          by: { name: text, domain: text, sid: text },
        }),
      );
      const told = await agent.asks.events({ stream: randomUUID(), events });
      expect([told.status, told.body.acknowledged]).toEqual([200, events.length]);
      const users = events.map((event) => event.user);
      const page = { snapshot: randomUUID(), page: 1, last: true, users };
      expect((await agent.asks.inventory(page)).body.missing).toEqual([]);
      const directory = { ...HEALTH.directory, state: 'refused', domain: STRANGE[0], finding: STRANGE[1] };
      const beat = { ...beatOf(), health: { ...HEALTH, directory } };
      expect((await agent.asks.beat(beat)).status).toBe(200);
      const { items } = await world.stores.events.list({ limit: 100, sort: { key: 'at' } });
      expect(items).toHaveLength(events.length + 1);
      expect(JSON.stringify(items)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      const accounts = await world.stores.directoryAccounts.list({ limit: 100 });
      const names = accounts.items.map(({ value }) => value.user.samAccountName);
      expect(names.sort()).toEqual(['a\ufffdb', '\ufffd', 'x\ufffdy', '\ufffd', '😀\ufffd'].sort());
    });
  });
});
