import type { ConnectHealth } from '../../../domain/agentProtocol/health';
import type { EventFacts } from '../../../domain/events/customerEvent';
import { MicrosoftRefused } from '../../../domain/tenants/refusals/microsoftRefused';
import { agentBeside } from '../../helpers/bot/arrivals';
import { useArrivals } from '../../helpers/bot/useArrivals';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
const arrivals = useArrivals();
const { world, happens, passes, cards } = arrivals;

test('the reset is live as soon as Microsoft says so, on the same card, with the time that it took', async () => {
  arrivals.cloud = (at) => ({
    found: true,
    synced: true,
    lastPasswordChangeAt: at < 94_000 ? arrivals.resetAt - 1e9 : arrivals.resetAt + 94_000,
  });
  await happens();
  await passes(90);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Checking whether it works');
  await passes(60);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 1 min 34 s)');
  expect(arrivals.looks.filter((at) => at > 150_000)).toEqual([]);
});

test('Keyturn looks for it less and less often, for ten minutes', async () => {
  await happens();
  await passes(700);
  const pauses = arrivals.looks.slice(1).map((at, index) => at - (arrivals.looks[index] ?? 0));
  expect(arrivals.looks.length).toBeLessThan(25);
  expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
  expect(cards()[0]).toContain('Not seen in Microsoft 365 within 10 minutes');
});

test('an earlier change does not count as the arrival', async () => {
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt - 5_000 });
  await happens();
  await passes(60);
  expect(cards()[0]).toContain('Checking');
});

test('another instance goes on when a bot dies in between', async () => {
  arrivals.cloud = (at) => ({
    found: true,
    synced: true,
    lastPasswordChangeAt: at < 60_000 ? 0 : arrivals.resetAt + 60_000,
  });
  await happens();
  await passes(20);
  world.bot = await world.site.start();
  await passes(90);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 1 min)');
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
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt + 10_000 });
  await passes(60);
  Object.assign(notices, { get });
  expect(died).toBe(true);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 10 s)');
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
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt + 1_000 });
  const look = world.site.microsoft.passwordState;
  world.site.microsoft.passwordState = async (...asked) => {
    await world.bot.stores.events.replace(event, { ...event.value, facts }).catch(() => undefined);
    return look(...asked);
  };
  await passes(60);
  expect(cards()[0]).toContain('Gone.');
});

test('an account that is not synced did not get its password from Active Directory', async () => {
  arrivals.cloud = () => ({ found: true, synced: null, lastPasswordChangeAt: arrivals.resetAt + 5_000 });
  await happens();
  await passes(660);
  expect(cards()[0]).not.toContain('live');
  expect(cards()[0]).toContain('is not synced from Active Directory');
});

test('where a clock is ahead, the card tells only when Keyturn saw the password', async () => {
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt });
  await happens();
  await passes(30);
  expect(cards()[0]).toMatch(/Works in Microsoft 365 \(seen after \d+ s\)/);
});

test('the clock of the domain controller may be ahead', async () => {
  arrivals.cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt + 20_000 });
  await happens({ changedAt: arrivals.resetAt + 60_000, seenAt: arrivals.resetAt });
  await passes(60);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 20 s)');
});

describe('when Microsoft 365 could not be read', () => {
  test.each<[MicrosoftRefused['refusal'], string]>([
    ['consentLost', 'Keyturn’s app, or its consent, is not in the tenant.'],
    ['ourCredential', 'Microsoft does not accept Keyturn’s own credential.'],
    ['conditionalAccess', 'A Conditional Access rule of the customer blocks'],
    ['tenantNotFound', 'Microsoft no longer knows this tenant.'],
    ['unavailable', 'Microsoft did not answer in time.'],
  ])('after %s the arrival is unknown', async (refusal, sentence) => {
    arrivals.cloud = () => {
      throw new MicrosoftRefused(refusal);
    };
    await happens();
    await passes(660);
    expect(cards()[0]).toContain(`Not known whether it works in Microsoft 365. ${sentence}`);
  });

  test('after a last failed look, the card says that Keyturn did not see it before', async () => {
    arrivals.cloud = (at) => {
      if (at > 300_000) throw new MicrosoftRefused('unavailable');
      return { found: true, synced: true, lastPasswordChangeAt: 1 };
    };
    await happens();
    await passes(660);
    expect(cards()[0]).toContain(
      'Not seen in Microsoft 365 within 10 minutes. At the last look: Microsoft did not answer in time.',
    );
  });
});

describe('the reason why it was not seen', () => {
  const agent = (state: ConnectHealth['state']) =>
    world.bot.stores.agents.insert(
      state,
      agentBeside(arrivals.customerId, state, arrivals.resetAt + 700_000),
    );

  /** The tenant's last password sync, `ms` after the reset. */
  const synced = async (ms: number, state?: Parameters<typeof agent>[0]) => {
    world.site.microsoft.lastPasswordSyncAt = async () => arrivals.resetAt + ms;
    if (state) await agent(state);
  };

  test.each<[string, string, () => unknown, Partial<ResetFacts['reset']>?]>([
    ['not synced at all', 'No account in Microsoft 365', () => (arrivals.cloud = () => ({ found: false }))],
    [
      'cloud only',
      'is not synced from Active Directory',
      () => (arrivals.cloud = () => ({ found: true, synced: null, lastPasswordChangeAt: 1 })),
    ],
    [
      'no longer synced',
      'is not synced from Active Directory',
      () => (arrivals.cloud = () => ({ found: true, synced: false, lastPasswordChangeAt: 1 })),
    ],
    ['must be changed', 'ForcePasswordChangeOnLogOn', () => undefined, { mustChange: true }],
    ['staging', 'is in staging mode', () => agent('staging')],
    ['staging beside one that is ready', 'No reason', () => Promise.all([agent('staging'), agent('ready')])],
    ['staging, but passwords were synced', 'No reason', () => synced(1_000, 'staging')],
    ['staging and no sync since', 'after the reset. Entra Connect', () => synced(-2_000, 'staging')],
    ['suspended, which stops no passwords', 'No reason was found', () => agent('suspended')],
    [
      'no sync since',
      'No password sync reached Microsoft after the reset. Look at the events 611',
      () => synced(-60_000),
    ],
    ['Cloud Sync', 'Look at the provisioning logs of Cloud Sync', () => agent('cloudSync')],
    ['Cloud Sync, none since', 'whether it is in quarantine', () => synced(-2_000, 'cloudSync')],
    ['nothing found', 'No reason was found', () => agent('ready')],
  ])('%s', async (_name, sentence, given, more = {}) => {
    await given();
    await happens(more);
    await passes(660);
    expect(cards()[0]).toContain('Not seen in Microsoft 365 within 10 minutes');
    expect(cards()[0]).toContain(sentence);
  });
});

test('unexpected errors over minutes do not end the looks', async () => {
  arrivals.cloud = (at) => {
    if (at < 300_000) throw new TypeError('unexpected');
    return { found: true, synced: true, lastPasswordChangeAt: arrivals.resetAt + 200_000 };
  };
  await happens();
  await passes(660);
  expect(cards()[0]).toContain('Works in Microsoft 365 (after 3 min 20 s)');
});
