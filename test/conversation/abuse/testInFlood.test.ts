import type { Job } from '../../../domain/jobs/job';
import { createArrivals } from '../../../domain/resets/trackArrival';
import { connectedTenant } from '../../helpers/bot/arrivals';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { gate } from '../../helpers/bot/runningServer';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';

const TENANTS = {
  Contoso: '00000000-0000-4000-8000-00000000000a',
  Fabrikam: '00000000-0000-4000-8000-00000000000b',
};
const RESETS = 1_000;
/** The most jobs of one customer that run at once. */
const MOST_OF_ONE = 6;

const world = useSite();
let begun: string[];
let over: boolean;

afterEach(() => {
  over = true;
});
beforeEach(async () => {
  over = false;
  const { bot, site } = world;
  for (const [name, tenantId] of Object.entries(TENANTS)) {
    const customer = sampleCustomer(name, { id: name, office365: connectedTenant(tenantId) });
    await bot.stores.customers.insert(name, customer);
  }
  const follow = createArrivals({ stores: bot.stores, clock: site.clock });
  for (let n = 1; n <= RESETS; n++) {
    const { id, value } = resetEvent('Contoso', n, site.clock.now(), {
      facts: { arrival: { state: 'checking' } },
    });
    await bot.stores.events.insert(id, value);
    await follow(id, 'Contoso');
  }
  begun = claimedFrom(bot.stores.jobs);
});

const tested = () => world.site.teams.in('a:Tess').some(({ card }) => /Fabrikam.*Fine\./s.test(textOf(card)));

/** Waits however long a busy machine takes, but not beyond a failed test. */
async function until(done: () => boolean): Promise<void> {
  while (!over && !done()) await new Promise(setImmediate);
}

/** The customers whose jobs begin, and `asked` when a job is asked for, in order. */
function claimedFrom(jobs: typeof world.bot.stores.jobs): string[] {
  const { claimDue, insert } = jobs;
  const order: string[] = [];
  const whose = ({ customerId = '' }: Job) => customerId;
  const counted: Pick<typeof jobs, 'claimDue' | 'insert'> = {
    async claimDue(...given) {
      const claimed = await claimDue(...given);
      order.push(...claimed.map(({ value }) => whose(value)));
      return claimed;
    },
    async insert(...given) {
      const stored = await insert(...given);
      order.push('asked');
      return stored;
    },
  };
  Object.assign(jobs, counted);
  return order;
}

test('a connection is tested while another customer has a thousand looks for resets and none of them ends', async () => {
  const { bot, site } = world;
  const ended = gate();
  site.microsoft.passwordState = async () => {
    await ended.opened;
    return { found: false };
  };
  const stuck = [1, 2, 3, 4].map(() => bot.runner.tick());
  await until(() => begun.length >= MOST_OF_ONE);
  const tess = world.seat(site.tess);
  await tess.says('test connection Fabrikam');
  expect(await bot.runner.tick()).toBe(1);
  expect(tested()).toBe(true);
  expect(begun).toEqual([...Array(MOST_OF_ONE).fill('Contoso'), 'asked', 'Fabrikam']);
  ended.open();
  await Promise.all(stuck);
});

test('a connection is tested after only a few of another customer’s thousand looks', async () => {
  const { bot, site } = world;
  bot.runner.start();
  await until(() => begun.length >= 10 * MOST_OF_ONE);
  const tess = world.seat(site.tess);
  await tess.says('test connection Fabrikam');
  await until(tested);
  await bot.runner.stop();
  const asked = begun.indexOf('asked');
  const before = begun.slice(asked + 1, begun.indexOf('Fabrikam'));
  expect(asked).toBeLessThan(RESETS / 2);
  // One claim may be under way that does not know of it yet; the next claim takes it.
  expect(before.length).toBeLessThanOrEqual(2 * MOST_OF_ONE);
});
