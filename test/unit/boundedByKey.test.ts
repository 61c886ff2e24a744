import type { TurnContext } from 'botbuilder';
import { LRUCache } from 'lru-cache';
import { createMembers } from '../../bot/access/members';
import { createBoundedCache } from '../../bot/channel/boundedCache';
import { refreshReference } from '../../bot/installs/references';
import { noticeSubject } from '../../bot/notifications/subjects/notice';
import { createAppTokens } from '../../connectors/graph/appTokens';
import { createLeftAlone } from '../../connectors/graph/leftAlone';
import { createPace } from '../../domain/jobs/pace';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { keptByKey } from '../helpers/bot/keptByKey';
import { memoryStores, TestClock } from '../helpers/store/memoryStores';
import { NOW } from '../helpers/store/storeSample';
import { samples } from '../helpers/store/storeSamples';

const clock = new TestClock(NOW);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function members() {
  let asked = 0;
  const getConversationMember = async () => {
    asked += 1;
    return { id: 'x', name: 'Ada' };
  };
  const context = {
    adapter: { ConnectorClientKey: 'client' },
    activity: { conversation: { id: 'a:1' } },
    turnState: { get: () => ({ conversations: { getConversationMember } }) },
  } as unknown as TurnContext;
  const known = createMembers({ clock, tenantId: 'tenant' });
  return { lookup: (key: string) => known.lookup(context, key), asked: () => asked };
}

function conversations() {
  let asked = 0;
  const get = async () => {
    asked += 1;
    return { value: { installed: true, reference: {} } };
  };
  type Refresh = Parameters<typeof refreshReference>;
  const deps = { clock, stores: { references: { get } } } as unknown as Refresh[1];
  const speak = (conversationId: string) =>
    refreshReference({ reference: {}, sender: { conversationId } } as unknown as Refresh[0], deps);
  return { speak, asked: () => asked };
}

/**
 * A thing that keeps values by key: how many at most, and how to make it. The test then gives it a new
 * key each time.
 */
type Case = [what: string, most: number, make: () => Promise<(key: string) => unknown>];

const CASES: Case[] = [
  [
    'the cache of the channel',
    3,
    async () => {
      const cache = createBoundedCache<string>(3);
      return (key) => cache(key, async () => key);
    },
  ],
  [
    'the pace of each key',
    3,
    async () => {
      const pace = createPace({ most: 2, everyMs: 1000 }, clock.now, 3);
      return (key) => pace.take(key);
    },
  ],
  [
    'the tokens of tenants',
    3,
    async () => {
      const credential = {
        kind: 'assertion',
        getAssertion: () => Promise.reject(new TypeError('none')),
      } as const;
      const url = 'https://127.0.0.1:1';
      const tokens = createAppTokens({ clientId: 'c', credential, loginUrl: url, graphUrl: url, log }, 3);
      return (key) => tokens.of(key).catch(() => undefined);
    },
  ],
  [
    'the tenants that Microsoft wants to be left alone',
    2_000,
    async () => {
      const leftAlone = createLeftAlone(clock.now);
      const refused = new MicrosoftRefused('askedTooOften', { waitMs: 1000 });
      return (key) => leftAlone(key, () => Promise.reject(refused)).catch(() => undefined);
    },
  ],
  ['the members of the channel', 5_000, async () => members().lookup],
  [
    'the conversations that were lately spoken in',
    5_000,
    async () => {
      const { speak } = conversations();
      await speak('the first one');
      return speak;
    },
  ],
  [
    'the cards of notices',
    200,
    async () => {
      const stores = memoryStores(clock);
      const customer = await stores.customers.insert('customer', samples.customers.make(1));
      const { card } = noticeSubject({ stores, clock, log } as never);
      return async (key) => {
        const notice = { ...samples.notices.make(1), customerId: customer.id };
        await stores.notices.insert(key, notice);
        const delivery = { ...samples.deliveries.make(1), subject: { kind: 'notice', id: key }, cardId: 'c' };
        expect(await card(delivery as never, '')).toBeDefined();
        await stores.notices.remove(key);
      };
    },
  ],
  [
    'the names that the log has judged',
    1_000,
    async () => {
      let redact = (value: unknown) => value;
      jest.isolateModules(() => {
        ({ redact } = require('../../bot/logging/redact') as typeof import('../../bot/logging/redact'));
      });
      return (key) => redact({ [key]: 1 });
    },
  ],
];

test.each(CASES)('%s: keeps at most %d', async (_what, most, make) => {
  const { made: use, sizes } = await keptByKey(make);
  for (let n = 0; n < most + 20; n++) await use(`key-${n}`);
  expect(Math.max(...sizes())).toBe(most);
});

test('believes a member for an hour, by the bot’s clock', async () => {
  const { lookup, asked } = members();
  for (const ms of [0, 0, HOUR - 1, 1]) {
    clock.advance(ms);
    await lookup('ada');
  }
  expect(asked()).toBe(2);
});

test('looks a conversation up again after a minute, by the bot’s clock', async () => {
  const { speak, asked } = conversations();
  for (const ms of [0, 0, MINUTE - 1, 1]) {
    clock.advance(ms);
    await speak('a:1');
  }
  expect(asked()).toBe(2);
});

test('counts what a library’s cache holds like what a map holds', async () => {
  const { made, sizes } = await keptByKey(() => new LRUCache<string, number>({ max: 10 }));
  for (let n = 0; n < 7; n++) made.set(`${n}`, n);
  expect(Math.max(...sizes())).toBe(7);
});
