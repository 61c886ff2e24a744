import { randomUUID } from 'node:crypto';
import { type BoundName, CUSTOMER_BOUNDS } from '../../../../domain/agents/admission/bounds';
import { beatOf, machine, reset, type ServingWorld, user } from '../../../helpers/bot/servingWorld';
import { useServing } from '../../../helpers/bot/useServing';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const BEAT = 30 * SECOND;
const AGENTS = 6;
const USERS = 400;
const IN_PAGE = 100;
/** Resets in each round; every domain controller's agent sees them. */
const RESETS = 40;
/** The size of such a customer: what is told about `USERS` and their resets is scaled to this many users. */
const LARGEST = 50_000;

type Agent = Awaited<ReturnType<ServingWorld['enrolled']>>;
type Answer = Awaited<ReturnType<Agent['asks']['beat']>>;

const world = useServing();
let agents: { asks: Agent['asks']; stream: string; told: number }[];
/** Every answer other than 200, by its status. */
let refused: number[];
beforeEach(async () => {
  refused = [];
  agents = [];
  for (let n = 1; n <= AGENTS; n++) {
    const { asks } = await world.enrolled(machine(`machine-${n}`, `DC${n}`));
    agents.push({ asks, stream: randomUUID(), told: 0 });
  }
});

const now = () => world.clock.now();
const noted = (answer: Answer): Answer => {
  if (answer.status !== 200) refused.push(answer.status);
  return answer;
};
const each = (work: (agent: (typeof agents)[number]) => Promise<unknown>) => Promise.all(agents.map(work));

/** In ten groups, as people in a large company are. */
const member = (n: number) =>
  user(n, {
    memberOf: Array.from(
      { length: 10 },
      (_, group) => `CN=Group ${group} of the department,OU=Groups,OU=Staff,DC=contoso,DC=test`,
    ),
  });

async function inventory({ asks }: (typeof agents)[number]): Promise<void> {
  const snapshot = randomUUID();
  const pages = USERS / IN_PAGE;
  for (let page = 1; page <= pages; page++) {
    const users = Array.from({ length: IN_PAGE }, (_, n) => member((page - 1) * IN_PAGE + n + 1));
    const { body } = noted(await asks.inventory({ snapshot, page, last: page === pages, users }));
    if (page === pages) expect(body.missing).toEqual([]);
  }
}

/** Each agent tells the same resets, under its own numbers and ids. */
async function resets(): Promise<void> {
  const seen = Array.from({ length: RESETS }, (_, n) => {
    const one = reset(1, now());
    return { ...one, user: { ...member(n + 1), pwdLastSet: one.user.pwdLastSet } };
  });
  await each(async (agent) => {
    const { asks, stream, told } = agent;
    const events = seen.map((one, n) => ({ ...one, id: randomUUID(), seq: told + n + 1 }));
    agent.told += RESETS;
    expect(noted(await asks.events({ stream, events })).body.acknowledged).toBe(agent.told);
  });
}

const beats = () =>
  each(async ({ asks }) => {
    noted(await asks.beat(beatOf()));
    noted(await asks.commands({ waitMs: 0, done: [] }));
  });

/** How much of the bound 50,000 users like these would take in a day, by what was told about these. */
async function share(bound: BoundName, of: number): Promise<number> {
  const freeAt = (await world.stores.customerBudgets.get('contoso'))?.value.freeAt[bound] ?? 0;
  return ((freeAt - now()) / CUSTOMER_BOUNDS[bound].everyMs) * (LARGEST / of);
}

test('six domain controllers’ agents of one customer do a day’s work, and none of them is asked to wait', async () => {
  // All at once, as after an update of all agents.
  await Promise.all([beats(), each(inventory), resets()]);
  expect(await share('users', USERS)).toBeLessThan(1);
  expect(await share('userBytes', USERS)).toBeLessThan(1);
  expect(await share('eventsInDay', RESETS)).toBeLessThan(1);
  expect(await share('eventBytes', RESETS)).toBeLessThan(1);
  const begun = now();
  while (now() < begun + 10 * MINUTE) {
    world.clock.advance(BEAT);
    await beats();
  }
  let rounds = 1;
  // The bound on requests counts by the minute: after ten minutes with every beat, one beat in ten shows the
  // same.
  while (now() < begun + 24 * HOUR) {
    world.clock.advance(10 * MINUTE);
    await beats();
    if ((now() - begun) % HOUR > 0) continue;
    await resets();
    rounds += 1;
  }
  await Promise.all([beats(), each(inventory), resets()]);
  expect(refused).toEqual([]);
  const { directoryAccounts, events, inventoryUploads } = world.stores;
  expect(await directoryAccounts.count()).toBe(USERS);
  expect(await events.count({ where: { kind: 'resetSeen' } })).toBe((rounds + 1) * RESETS);
  const uploads = (await inventoryUploads.list({ limit: 100 })).items;
  expect(uploads.map(({ value }) => Boolean(value.finishedAt))).not.toContain(false);
  expect(await events.count({ where: { kind: 'connectionDegraded' } })).toBe(0);
});
