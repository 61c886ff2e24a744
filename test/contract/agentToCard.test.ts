import { randomInt } from 'node:crypto';
import type { CustomerEvent } from '../../domain/events/customerEvent';
import type { Notice } from '../../domain/notifications/notification';
import type { Stored } from '../../domain/ports';
import { agentToCardWorld, everyOne, GROUPS, until } from '../helpers/bot/agentToCardWorld';
import { sambaPart } from '../helpers/directory/sambaPart';
import { BY_PROGRESS_MS, eachMoves, whileItMoves } from '../helpers/directory/whileItMoves';
import { describeWith } from '../helpers/process/parts';

const ACCOUNTS = 500;
const AGAIN = 20;
const names = Array.from({ length: ACCOUNTS }, (_, n) => `many${n}`);
/** The next kill happens at a random moment within this many further resets. */
const WITHIN = 80;

describeWith(sambaPart, 'from a domain controller to the cards, with all failures in between', () => {
  let world: Awaited<ReturnType<typeof agentToCardWorld>>;
  /** How often the bot had asked for these by the end of the first test. */
  let asked: number[] = [];
  let moved: () => void = () => undefined;
  const moving = (work: () => Promise<void>) =>
    whileItMoves((step) => {
      moved = step;
      return work();
    });
  beforeAll(
    () =>
      moving(async () => {
        world = await agentToCardWorld(names, () => moved());
      }),
    BY_PROGRESS_MS,
  );
  afterAll(() => world.close());

  const manyAtOnce = async () => {
    const { connector, killAgent, killBot, startAgent, startBot } = world;
    connector.always(GROUPS.gone, { status: 404 });
    connector.always(GROUPS.barred, { status: 403 });
    connector.plan(GROUPS.rough, [
      { status: 429, retryAfterSeconds: 1 },
      { status: 500 },
      { status: 504, taken: true },
      { slowMs: 3_000 },
      { status: 429 },
    ]);
    const taken = new Promise<void>((unanswered) => connector.plan(GROUPS.calm, [{ unanswered }]));
    const resets = eachMoves(moved, names, world.reset);
    await taken;
    await Promise.all([killBot(0), killBot(1), killAgent()]);
    await Promise.all([startBot(0), startBot(1), startAgent()]);
    for (const after of [150, 300, ACCOUNTS - WITHIN]) await killSomeAfter(after);
    await resets;
    await whenTold(ACCOUNTS);
    await whenQuiet();
    await expectToldOnce(() => 1);
    // The answer to this card was lost with the bot. Nobody could know whether the card arrived, so the
    // second card says that it may be a repeat.
    const [lost, ...others] = connector.cardsIn(GROUPS.calm);
    expect(others.filter(({ noticeId, repeat }) => repeat && noticeId === lost?.noticeId)).toHaveLength(1);
  };
  test(
    '500 resets at once, while agent and bots are killed at random moments: each reset is told once',
    () => moving(manyAtOnce),
    BY_PROGRESS_MS,
  );

  const afterBeingAway = async () => {
    const { connector, killAgent, killBot, reset, samba, startAgent, startBot, waiting } = world;
    asked = [GROUPS.gone, GROUPS.barred].map(connector.asked);
    await Promise.all([killBot(0), killBot(1)]);
    await eachMoves(moved, names.slice(0, AGAIN / 2), reset);
    await samba.restart();
    for (const name of names.slice(AGAIN / 2, AGAIN)) await reset(name);
    await until(async () => (await waiting()) >= AGAIN);
    await killAgent();
    await Promise.all([startBot(0), startBot(1), startAgent()]);
    await whenTold(ACCOUNTS + AGAIN);
    await whenQuiet();
    await expectToldOnce((account) => (account < AGAIN ? 2 : 1));
  };
  test(
    'loses nothing when bots are unavailable and a domain controller restarts',
    () => moving(afterBeingAway),
    BY_PROGRESS_MS,
  );

  test('holds the notices of a conversation that cannot be reached, and sends it nothing more', async () => {
    const deliveries = await everyOne(world.stores.deliveries);
    for (const gone of [GROUPS.gone, GROUPS.barred]) {
      expect((await world.stores.references.get(gone))?.value.installed).toBe(false);
      expect(world.connector.cardsIn(gone)).toEqual([]);
      const its = deliveries.filter(({ value }) => value.conversationId === gone);
      expect(new Set(its.map(({ value }) => value.state))).toEqual(new Set(['held']));
    }
    expect([GROUPS.gone, GROUPS.barred].map(world.connector.asked)).toEqual(asked);
  });

  const resetsTold = async (): Promise<Stored<CustomerEvent>[]> =>
    (await everyOne(world.stores.events)).filter(({ value }) => 'reset' in value.facts);
  let last = '';
  /** Whether everything is there. A changed state counts as progress. */
  const step = (state: string, isThere: boolean) => {
    if (state !== last) moved();
    last = state;
    return isThere;
  };
  const whenTold = (count: number) =>
    until(async () => {
      const { length } = await resetsTold();
      return step(`${length} told`, length >= count);
    });

  /** Kills the agent, a bot, or several of them, at a random moment after this many resets. */
  async function killSomeAfter(resets: number): Promise<void> {
    const { killAgent, killBot, startAgent, startBot } = world;
    const all = [
      { name: 'the first bot', kill: () => killBot(0), start: () => startBot(0) },
      { name: 'the second bot', kill: () => killBot(1), start: () => startBot(1) },
      { name: 'the agent', kill: killAgent, start: startAgent },
    ];
    const chosen = randomInt(1, 2 ** all.length);
    const some = all.filter((_, n) => chosen & (1 << n));
    const at = resets + randomInt(WITHIN);
    await whenTold(at);
    process.stderr.write(
      `${some.map(({ name }) => name).join(', ')} killed after ${at} resets or a few more\n`,
    );
    await Promise.all(some.map(({ kill }) => kill()));
    await Promise.all(some.map(({ start }) => start()));
  }

  /** Waits until nothing is in progress. Another bot takes over the work of a killed one within a minute. */
  const whenQuiet = () =>
    until(async () => {
      const { events, notices, deliveries } = world.stores;
      const rows = [...(await everyOne(events)), ...(await everyOne(notices))];
      const unsettled = (await everyOne(deliveries)).filter(
        ({ value }) => !['shown', 'gone', 'held', 'failed'].includes(value.state),
      );
      const due = rows.filter(({ value }) => value.dueAt !== undefined);
      const state = [...unsettled, ...due].map(({ id, version }) => `${id} ${version}`).join();
      return step(state, state === '');
    });

  async function expectToldOnce(times: (account: number) => number): Promise<void> {
    const events = await resetsTold();
    const told = new Map<string, number>();
    for (const { value } of events) {
      const name = 'reset' in value.facts ? value.facts.reset.user.samAccountName : '';
      told.set(name, (told.get(name) ?? 0) + 1);
    }
    expect(names.map((name) => told.get(name) ?? 0)).toEqual(names.map((_, account) => times(account)));
    expect(told.size).toBe(ACCOUNTS);
    const notices = (await everyOne(world.stores.notices)).filter(({ value }) =>
      value.kind.startsWith('reset'),
    );
    const beyond = events.filter(({ value }) => value.joined?.noticeId === value.noticeId);
    const inNotices = [...notices.flatMap(({ value }) => value.eventIds), ...beyond.map(({ id }) => id)];
    expect(inNotices.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    for (const conversation of [GROUPS.calm, GROUPS.rough]) expectCards(conversation, notices, beyond);
  }

  /**
   * Expects one card for each notice, which shows all of it. A second card is allowed only when it says that
   * it may be a repeat.
   */
  function expectCards(
    conversation: string,
    notices: Stored<Notice>[],
    beyond: Stored<CustomerEvent>[],
  ): void {
    const cards = world.connector.cardsIn(conversation);
    const first = cards.filter(({ repeat }) => !repeat).map(({ noticeId }) => noticeId);
    expect(first).toEqual([...new Set(first)]);
    const newest = new Map(cards.map((card) => [card.noticeId, card]));
    expect([...newest.keys()].toSorted()).toEqual(notices.map(({ id }) => id).toSorted());
    for (const { id, value } of notices) {
      const length = value.eventIds.length + beyond.filter((event) => event.value.noticeId === id).length;
      const words = length === 1 ? 'password of \\w+' : `\\b${length} (accounts reset|resets of)`;
      expect(newest.get(id)?.text).toMatch(new RegExp(words));
    }
  }
});
