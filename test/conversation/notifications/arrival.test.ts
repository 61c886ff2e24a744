import type { ConnectHealth } from '../../../domain/agentProtocol/health';
import type { EventFacts } from '../../../domain/events/customerEvent';
import { createArrivals } from '../../../domain/resets/trackArrival';
import type { CloudPasswordState } from '../../../domain/tenants/ports';
import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { agentBeside, connectedTenant } from '../../helpers/bot/arrivals';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
const world = useSite();
let customerId: string;
let resetAt: number;
let cloud: (at: number) => CloudPasswordState;
let looks: number[];

beforeEach(async () => {
  const customer = sampleCustomer('Contoso', { office365: connectedTenant() });
  customerId = customer.id;
  await world.bot.stores.customers.insert(customerId, customer);
  const tess = world.seat(world.site.tess);
  await tess.installs();
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
  resetAt = world.site.clock.now();
  looks = [];
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt - 86_400_000 });
  world.site.microsoft.passwordState = async () => {
    looks.push(world.site.clock.now() - resetAt);
    return cloud(world.site.clock.now() - resetAt);
  };
});

async function happens(more: Partial<ResetFacts['reset']> = {}): Promise<string> {
  const { id, value } = resetEvent(customerId, 1, resetAt, { facts: { arrival: { state: 'checking' } } });
  const facts = value.facts as ResetFacts;
  const reset = { ...facts.reset, ...more };
  await world.bot.stores.events.insert(id, { ...value, facts: { ...facts, reset } });
  await createArrivals({ ...world.bot, clock: world.site.clock })(id, customerId);
  return id;
}

/** Lets time pass, with the bot's background work in it. */
async function passes(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await world.bot.runner.tick();
    await world.bot.notifications.run();
    world.site.clock.advance(1_000);
  }
}

const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));

test('the reset is live as soon as Microsoft says so, on the same card, with the time that it took', async () => {
  cloud = (at) => ({
    found: true,
    synced: true,
    lastPasswordChangeAt: at < 94_000 ? resetAt - 1e9 : resetAt + 94_000,
  });
  await happens();
  await passes(90);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('checking whether it arrives');
  await passes(60);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('live in Microsoft 365 after 94 s');
  expect(looks.filter((at) => at > 150_000)).toEqual([]);
});

test('Keyturn looks for it less and less often, for ten minutes', async () => {
  await happens();
  await passes(700);
  const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(looks.length).toBeLessThan(25);
  expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
  expect(cards()[0]).toContain('not seen in Microsoft 365 within 10 min');
});

test('an earlier change does not count as the arrival', async () => {
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt - 5_000 });
  await happens();
  await passes(60);
  expect(cards()[0]).toContain('checking');
});

test('another instance goes on when a bot dies in between', async () => {
  cloud = (at) => ({ found: true, synced: true, lastPasswordChangeAt: at < 60_000 ? 0 : resetAt + 60_000 });
  await happens();
  await passes(20);
  world.bot = await world.site.start();
  await passes(90);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('live in Microsoft 365 after 60 s');
});

test('the card is brought up to date although the bot died between note and card', async () => {
  const { notices, events } = world.bot.stores;
  const id = await happens();
  let died = false;
  const { get } = notices;
  const dies: typeof get = async (noticeId) => {
    const facts = (await events.get(id))?.value.facts;
    if (died || !facts || !('arrival' in facts) || facts.arrival.state !== 'live') return get(noticeId);
    died = true;
    throw new TypeError('killed');
  };
  await passes(10);
  Object.assign(notices, { get: dies });
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt + 10_000 });
  await passes(60);
  Object.assign(notices, { get });
  expect(died).toBe(true);
  expect(cards()[0]).toContain('live in Microsoft 365 after 10 s');
});

test('a later look does not change what was noted once', async () => {
  const id = await happens();
  await passes(2);
  const event = await world.bot.stores.events.get(id);
  if (!event) throw new TypeError('no event');
  const facts = {
    ...(event.value.facts as ResetFacts),
    arrival: { state: 'notTracked' as const, finding: 'Gone.' },
  };
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt + 1_000 });
  const look = world.site.microsoft.passwordState;
  world.site.microsoft.passwordState = async (...asked) => {
    await world.bot.stores.events.replace(event, { ...event.value, facts }).catch(() => undefined);
    return look(...asked);
  };
  await passes(60);
  expect(cards()[0]).toContain('Gone.');
});

test('an account that is not synced did not get its password from Active Directory', async () => {
  cloud = () => ({ found: true, synced: null, lastPasswordChangeAt: resetAt + 5_000 });
  await happens();
  await passes(660);
  expect(cards()[0]).not.toContain('live');
  expect(cards()[0]).toContain('is not synced from Active Directory');
});

test('where a clock is ahead, the card tells only when Keyturn saw the password', async () => {
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt });
  await happens();
  await passes(30);
  expect(cards()[0]).toMatch(/live in Microsoft 365, seen there after \d+ s/);
});

test('the clock of the domain controller may be ahead', async () => {
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt + 20_000 });
  await happens({ changedAt: resetAt + 60_000, seenAt: resetAt });
  await passes(60);
  expect(cards()[0]).toContain('live in Microsoft 365 after 20 s');
});

describe('when Microsoft 365 could not be read', () => {
  test.each<[MicrosoftRefused['refusal'], string]>([
    ['consentLost', 'Keyturn’s app, or its consent, is not in the tenant.'],
    ['ourCredential', 'Microsoft does not accept Keyturn’s own credential.'],
    ['conditionalAccess', 'A Conditional Access rule of the customer blocks'],
    ['tenantNotFound', 'Microsoft does not know this tenant any more.'],
    ['unavailable', 'Microsoft did not answer in time.'],
  ])('after %s the arrival is unknown', async (refusal, sentence) => {
    cloud = () => {
      throw new MicrosoftRefused(refusal);
    };
    await happens();
    await passes(660);
    expect(cards()[0]).toContain(`not known whether it arrived in Microsoft 365: ${sentence}`);
  });

  test('after a last failed look, the card says that Keyturn did not see it before', async () => {
    cloud = (at) => {
      if (at > 300_000) throw new MicrosoftRefused('unavailable');
      return { found: true, synced: true, lastPasswordChangeAt: 1 };
    };
    await happens();
    await passes(660);
    expect(cards()[0]).toContain(
      'not seen in Microsoft 365 within 10 min. At the last look: Microsoft did not answer in time.',
    );
  });
});

describe('the reason why it was not seen', () => {
  const agent = (state: ConnectHealth['state']) =>
    world.bot.stores.agents.insert(state, agentBeside(customerId, state, resetAt + 700_000));

  /** The tenant's last password sync, `ms` after the reset. */
  const synced = async (ms: number, state?: Parameters<typeof agent>[0]) => {
    world.site.microsoft.lastPasswordSyncAt = async () => resetAt + ms;
    if (state) await agent(state);
  };

  test.each<[string, string, () => unknown, Partial<ResetFacts['reset']>?]>([
    ['not synced at all', 'No account in Microsoft 365', () => (cloud = () => ({ found: false }))],
    [
      'cloud only',
      'is not synced from Active Directory',
      () => (cloud = () => ({ found: true, synced: null, lastPasswordChangeAt: 1 })),
    ],
    [
      'no longer synced',
      'is not synced from Active Directory',
      () => (cloud = () => ({ found: true, synced: false, lastPasswordChangeAt: 1 })),
    ],
    ['must be changed', 'ForcePasswordChangeOnLogOn', () => undefined, { mustChange: true }],
    ['staging', 'is in staging mode', () => agent('staging')],
    ['staging beside one that is ready', 'No reason', () => Promise.all([agent('staging'), agent('ready')])],
    ['staging, but passwords were synced', 'No reason', () => synced(1_000, 'staging')],
    ['staging and no sync since', 'since the reset. The Azure AD', () => synced(-2_000, 'staging')],
    ['suspended, which stops no passwords', 'No reason was found', () => agent('suspended')],
    ['no sync since', 'no password sync since the reset. Look at the events 611', () => synced(-60_000)],
    ['Cloud Sync', 'Look at the provisioning logs of Cloud Sync', () => agent('cloudSync')],
    ['Cloud Sync, none since', 'whether it is in quarantine', () => synced(-2_000, 'cloudSync')],
    ['nothing found', 'No reason was found', () => agent('ready')],
  ])('%s', async (_name, sentence, given, more = {}) => {
    await given();
    await happens(more);
    await passes(660);
    expect(cards()[0]).toContain('not seen in Microsoft 365 within 10 min');
    expect(cards()[0]).toContain(sentence);
  });
});

test('unexpected errors over minutes do not end the looks', async () => {
  cloud = (at) => {
    if (at < 300_000) throw new TypeError('unexpected');
    return { found: true, synced: true, lastPasswordChangeAt: resetAt + 200_000 };
  };
  await happens();
  await passes(660);
  expect(cards()[0]).toContain('live in Microsoft 365 after 200 s');
});
