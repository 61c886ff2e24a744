import type { ConnectHealth } from '../../../domain/agentProtocol/health';
import { arrivalAtOnce } from '../../../domain/resets/arrivalAtOnce';
import { proveArrival } from '../../../domain/resets/proveArrival';
import { failedArrivalId, noteArrival } from '../../../domain/resets/trackArrival';
import type { Stores } from '../../../domain/stores/stores';
import { agentBeside, connectedTenant } from '../../helpers/bot/arrivals';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { dyingAfter } from '../../helpers/store/dyingStores';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

const NOT_THERE = { state: 'notThere' as const, finding: 'No reason was found.' };
let clock: TestClock;
let stores: Stores;
let resetId: string;

beforeEach(() => fresh());

async function fresh(): Promise<void> {
  clock = new TestClock();
  stores = memoryStores(clock);
  const { id, value } = resetEvent('customer-1', 1, clock.now(), {
    facts: { arrival: { state: 'checking' } },
  });
  resetId = id;
  const customer = sampleCustomer('Contoso', { office365: connectedTenant() });
  await stores.customers.insert('customer-1', { ...customer, id: 'customer-1' });
  const { dueAt: _due, ...told } = value;
  await stores.events.insert(id, { ...told, noticeId: 'notice' });
  await stores.notices.insert('notice', {
    ...{ customerId: 'customer-1', kind: 'resetSeen', privileged: false, open: false, told: true },
    eventIds: [id],
    openedAt: clock.now(),
    revision: 1,
  });
}

/** Another instance runs the job of the arrival again. */
async function othersGoOn(): Promise<void> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const directory = {
    passwordState: async () => ({ found: false }),
    lastPasswordSyncAt: async () => undefined,
  };
  clock.advance(11 * 60_000);
  await proveArrival({ stores, clock, log, directory } as never, resetId, {
    number: 9,
    couldReadBefore: true,
  });
}

const failures = async () =>
  (await stores.events.list({ where: { customerId: 'customer-1', kind: 'arrivalFailed' }, limit: 10 })).items;

test('at whichever write an instance dies, the failure becomes one event, and the first card is brought up to date', async () => {
  const writes = 3;
  for (let last = 0; last <= writes; last++) {
    await fresh();
    const { mortal, by } = dyingAfter(stores, last);
    const dying = { stores: { ...stores, ...by }, clock };
    await noteArrival(dying, resetId, NOT_THERE).catch(() => undefined);
    expect(mortal.died).toBe(last < writes);
    await othersGoOn();
    await othersGoOn();
    expect((await failures()).map(({ id }) => id)).toEqual([failedArrivalId(resetId)]);
    expect((await stores.notices.get('notice'))?.value.revision).toBeGreaterThan(1);
  }
});

test('two instances that note it at the same time make one event', async () => {
  const deps = { stores, clock };
  await Promise.all([noteArrival(deps, resetId, NOT_THERE), noteArrival(deps, resetId, NOT_THERE)]);
  expect(await failures()).toHaveLength(1);
});

test('the failure of a privileged account is as urgent as its reset', async () => {
  const event = await stores.events.get(resetId);
  if (!event) throw new Error('no event');
  await stores.events.replace(event, { ...event.value, privileged: true });
  await noteArrival({ stores, clock }, resetId, NOT_THERE);
  expect(await failures()).toMatchObject([{ value: { privileged: true } }]);
});

describe('what is known of the arrival at once', () => {
  const atOnce = async (...states: ConnectHealth['state'][]) => {
    for (const state of states)
      await stores.agents.insert(state, agentBeside('customer-1', state, clock.now()));
    const customer = await stores.customers.get('customer-1');
    return customer && arrivalAtOnce({ stores }, customer);
  };

  test('staging mode, where no other server is ready', async () => {
    expect(await atOnce('staging', 'notInstalled')).toMatchObject({
      state: 'checking',
      foretold: true,
      finding: expect.stringContaining('staging mode'),
    });
  });

  test.each<ConnectHealth['state'][][]>([[['staging', 'ready']], [['ready']], [[]]])(
    'nothing, with Entra Connect in the states %j',
    async (states) => {
      expect(await atOnce(...states)).toEqual({ state: 'checking' });
    },
  );
});
