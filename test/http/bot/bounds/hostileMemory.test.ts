import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MOST_WAITING } from '../../../../domain/agents/admission/bounds';
import { keptByKey } from '../../../helpers/bot/keptByKey';
import { gate } from '../../../helpers/bot/runningServer';
import { machine, reset, type ServingWorld, servingWorld, user } from '../../../helpers/bot/servingWorld';
import { useSite } from '../../../helpers/botWorld/useSite';
import { memoryStores, TestClock } from '../../../helpers/store/memoryStores';

const MIB = 1024 * 1024;
type Agent = Awaited<ReturnType<ServingWorld['enrolled']>>;
const round = () => new Promise(setImmediate);

describe('what the process holds while one agent attacks it', () => {
  /** Requests in work, and requests that wait. */
  const HELD = 2 + MOST_WAITING.ofOne;
  let world: ServingWorld;
  let hostile: Agent;
  let largest: () => number;
  beforeEach(async () => {
    const clock = new TestClock();
    const stores = memoryStores(clock);
    const { made, sizes } = await keptByKey(() => servingWorld({ stores, clock }));
    world = made;
    largest = () => Math.max(...sizes());
    hostile = await world.enrolled();
  });
  afterEach(() => world.bot.stop());
  const batch = () => ({ stream: randomUUID(), events: [reset(1, world.clock.now())] });

  it('is a bounded number of its requests while the store does not answer; each further one is refused at once', async () => {
    const { customerBudgets } = world.stores;
    const { get } = customerBudgets;
    const answers = gate();
    Object.assign(customerBudgets, {
      get: (id: string) => answers.opened.then(() => get.call(customerBudgets, id)),
    });
    const statuses: number[] = [];
    const all = Array.from({ length: 60 }, async () => {
      const { status, headers } = await hostile.asks.events(batch());
      statuses.push(status);
      if (status !== 200) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    });
    while (statuses.length < 60 - HELD) await round();
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(largest()).toBeLessThanOrEqual(HELD);
    answers.open();
    await Promise.all(all);
    expect(statuses.slice(60 - HELD)).toEqual(Array(HELD).fill(200));
  });

  it('is one request for commands, however many the agent leaves open', async () => {
    const leaving = new AbortController();
    let answered = 0;
    const all = Array.from({ length: 40 }, async () => {
      const { signal } = leaving;
      await hostile.asks.commands({ waitMs: 25_000, done: [] }, { signal }).catch(() => undefined);
      answered += 1;
    });
    while (answered < 39) await round();
    expect(largest()).toBeLessThanOrEqual(HELD);
    leaving.abort();
    await Promise.all(all);
  });

  it('has no entry for each name, token, machine, address or request that the agent makes up', async () => {
    const made = async (n: number) => {
      const headers = { 'x-forwarded-for': `203.0.113.${n}` };
      const stranger = world.requests(hostile.signer, randomUUID());
      const token = `made-up-${randomUUID()}`;
      const { asks, body } = await world.enrolment({ token, machine: machine(`machine-${n}`) });
      return [
        await stranger.beat({ version: '1' }, { headers }),
        await asks.enrol(body, { headers }),
        await hostile.asks.beat(
          { version: `${n}`, skewMs: n },
          { headers: { ...headers, 'x-request-id': randomUUID() } },
        ),
        await hostile.asks.inventory(
          { snapshot: randomUUID(), page: 1, last: false, users: [user(n)] },
          { headers },
        ),
      ].map(({ status }) => status);
    };
    const seen = new Set<number>();
    for (let n = 1; n <= 100; n++) for (const status of await made(n)) seen.add(status);
    expect([...seen].sort()).toEqual([200, 401, 403, 429]);
    expect(largest()).toBeLessThanOrEqual(HELD);
  });
});

describe('what the process holds after an attack', () => {
  const world = useSite();
  let serving: ServingWorld;
  let hostile: Agent;
  beforeEach(async () => {
    const { bot, site } = world;
    serving = await servingWorld({ stores: bot.stores, clock: site.clock });
    hostile = await serving.enrolled();
  });
  afterEach(() => serving.bot.stop());

  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  async function heap(): Promise<number> {
    for (let n = 0; n < 5; n++) {
      collect();
      await round();
    }
    return process.memoryUsage().heapUsed;
  }

  /**
   * Inventories that never end, each with other words about the same users. Resolves to the bytes that they
   * unpack to.
   */
  async function attack(): Promise<number> {
    let bytes = 0;
    for (let page = 0; page < 10; page++) {
      const users = Array.from({ length: 500 }, (_, n) => ({
        ...user(n + 1),
        distinguishedName: `CN=${randomUUID()}${'x'.repeat(3_000)},DC=contoso,DC=test`,
        memberOf: Array.from({ length: 3 }, () => `CN=${randomUUID()}${'y'.repeat(1_000)}`),
      }));
      const body = { snapshot: randomUUID(), page: 1, last: false, users };
      bytes += JSON.stringify(body).length;
      expect((await hostile.asks.inventory(body)).status).toBe(200);
    }
    return bytes;
  }

  it('is a small part of what the agent sent', async () => {
    await attack();
    const before = await heap();
    const sent = await attack();
    const grown = (await heap()) - before;
    expect(sent).toBeGreaterThan(20 * MIB);
    expect(grown).toBeLessThan(sent / 10);
  });
});
