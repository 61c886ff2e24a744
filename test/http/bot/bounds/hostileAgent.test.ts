import { randomUUID } from 'node:crypto';
import { CUSTOMER_BOUNDS } from '../../../../domain/agents/admission/bounds';
import { createArrivals } from '../../../../domain/resets/trackArrival';
import { connectedTenant } from '../../../helpers/bot/arrivals';
import { gate } from '../../../helpers/bot/runningServer';
import { machine, reset, type ServingWorld, servingWorld, user } from '../../../helpers/bot/servingWorld';
import { textOf } from '../../../helpers/botWorld/cardReader';
import { useSite } from '../../../helpers/botWorld/useSite';
import { describeWith } from '../../../helpers/process/parts';
import { type WorldKind, worldKinds } from '../../../helpers/store/storageWorlds';

const MIB = 1024 * 1024;
interface Flood {
  ahead: number;
  between: number;
}
/**
 * This many batches of 200 are told before the other customer has its reset, and at most this many events of
 * the flood may be grouped between that reset and its card. MongoDB's stand-in does one thing after another,
 * about a hundred writes a second: with it fewer batches wait and fewer events may come between. The test
 * counts everything and times nothing.
 */
const FLOODS: Record<WorldKind['name'], Flood> = {
  sqlite: { ahead: 15, between: 500 },
  mongodb: { ahead: 2, between: 150 },
};
/** At most this many cards of the flood may come in between. */
const CARDS_BETWEEN = 10;
/** The most jobs of one customer that run at once. */
const LOOKS = 6;

for (const kind of worldKinds)
  describeWith(kind, `a hostile agent, on ${kind.name}`, () => attack(kind, FLOODS[kind.name]));

function attack(kind: WorldKind, { ahead, between: mostBetween }: Flood): void {
  const world = useSite(kind);
  let serving: ServingWorld;
  beforeEach(async () => {
    const { stores } = world.bot;
    const { clock } = world.site;
    serving = await servingWorld({ stores, clock, afterReset: createArrivals({ stores, clock }) });
    const tess = world.seat(world.site.tess);
    await tess.installs();
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save');
    world.site.teams.messages.length = 0;
  });
  afterEach(() => serving.bot.stop());

  const now = () => world.site.clock.now();
  const cardsOf = (customer: string) =>
    world.site.teams.messages.filter(({ card }) => textOf(card).includes(customer)).length;

  /**
   * Tells batch after batch as fast as the bot takes them, each with resets of other privileged accounts,
   * until it is stopped.
   */
  function flood(agent: Awaited<ReturnType<ServingWorld['enrolled']>>) {
    const stream = randomUUID();
    let batches = 0;
    let stopped = false;
    const tell = async () => {
      while (!stopped) {
        const events = Array.from({ length: 200 }, (_, n) => {
          const one = reset(batches * 200 + n + 1, now());
          return { ...one, user: { ...one.user, adminCount: 1 } };
        });
        const { status } = await agent.asks.events({ stream, events });
        if (status !== 200) return;
        batches += 1;
      }
    };
    const telling = tell();
    return {
      batches: () => batches,
      async stop() {
        stopped = true;
        await telling;
      },
    };
  }

  test('while one customer’s agent tells privileged resets as fast as it can, another customer’s ordinary reset is told before most of them', async () => {
    const hostile = flood(await serving.enrolled());
    const quiet = await serving.enrolled(machine('machine-2', 'DC2'), 'fabrikam');
    const { claimDue } = world.bot.stores.events;
    let handed = 0;
    let handedBeforeQuiet = Number.POSITIVE_INFINITY;
    const counting: typeof claimDue = async (...given) => {
      const claimed = await claimDue(...given);
      if (claimed.some(({ value }) => value.customerId === 'fabrikam'))
        handedBeforeQuiet = Math.min(handedBeforeQuiet, handed);
      handed += claimed.filter(({ value }) => value.customerId === 'contoso').length;
      return claimed;
    };
    Object.assign(world.bot.stores.events, { claimDue: counting });
    const enough = new AbortController();
    const dispatch = (async () => {
      while (!enough.signal.aborted) {
        await world.bot.notifications.run(enough.signal);
        await new Promise(setImmediate);
      }
    })();
    // Time passes as in the real world, because the pace of a conversation depends on it.
    let last = performance.now();
    const ticking = setInterval(() => {
      const at = performance.now();
      world.site.clock.advance(Math.round(at - last));
      last = at;
    }, 10);
    while (hostile.batches() < ahead) await new Promise(setImmediate);
    const told = await quiet.asks.events({ stream: randomUUID(), events: [reset(1, now())] });
    expect(told.status).toBe(200);
    const before = { events: handed, cards: cardsOf('Contoso') };
    while (cardsOf('Fabrikam') === 0) await new Promise(setImmediate);
    const between = { events: handedBeforeQuiet - before.events, cards: cardsOf('Contoso') - before.cards };
    enough.abort();
    await Promise.all([hostile.stop(), dispatch]);
    clearInterval(ticking);
    expect(hostile.batches()).toBeGreaterThanOrEqual(ahead);
    expect(before.events).toBeGreaterThan(0);
    expect(between.events).toBeLessThanOrEqual(mostBetween);
    expect(between.cards).toBeLessThanOrEqual(CARDS_BETWEEN);
  });

  test('while one customer’s agent tells resets as fast as it can and no look for them ends, another customer’s connection is tested', async () => {
    const { bot, site } = world;
    const fabrikam = await bot.stores.customers.get('fabrikam');
    if (!fabrikam) throw new TypeError('no customer');
    await bot.stores.customers.replace(fabrikam, { ...fabrikam.value, office365: connectedTenant() });
    const ended = gate();
    let looks = 0;
    site.microsoft.passwordState = async () => {
      looks += 1;
      await ended.opened;
      return { found: false };
    };
    const tested = () => site.teams.messages.some(({ card }) => /Fabrikam.*Fine\./s.test(textOf(card)));
    const hostile = flood(await serving.enrolled());
    bot.runner.start();
    while (looks < LOOKS || hostile.batches() < ahead) await new Promise(setImmediate);
    await world.seat(site.tess).says('test connection Fabrikam');
    while (!tested()) await new Promise(setImmediate);
    const before = looks;
    ended.open();
    await hostile.stop();
    await bot.runner.stop();
    expect(before).toBe(LOOKS);
  });

  test('an inventory that unpacks to hundreds of megabytes stops at the bound, and so does the use of the disk', async () => {
    const hostile = await serving.enrolled();
    const { most, everyMs } = CUSTOMER_BOUNDS.userBytes;
    const freeAt = { userBytes: now() + everyMs * (1 - (8 * MIB) / most) };
    await serving.stores.customerBudgets.insert('contoso', { freeAt, expiresAt: now() + everyMs });
    const before = await world.bytes();
    let taken = 0;
    for (let page = 0; page < 30; page++) {
      const users = Array.from({ length: 500 }, (_, n) => ({
        ...user(page * 500 + n + 1),
        distinguishedName: `CN=${'x'.repeat(3_900)},DC=contoso,DC=test`,
        memberOf: Array.from({ length: 3 }, () => `CN=${'y'.repeat(1_000)}`),
      }));
      const { status } = await hostile.asks.inventory({
        snapshot: randomUUID(),
        page: 1,
        last: false,
        users,
      });
      if (status === 200) taken += 1;
      else expect(status).toBe(429);
    }
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(5);
    expect((await world.bytes()) - before).toBeLessThan(40 * MIB);
  });
}
