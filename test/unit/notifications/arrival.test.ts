import { enqueueArrival } from '../../../bot/jobs/proveArrival';
import type { EventFacts } from '../../../domain/events/customerEvent';
import { type CloudPasswordState, MicrosoftRefused } from '../../../domain/tenants/ports';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';
import { resetEvent } from '../../helpers/resetEvents';
import { TENANT_ID } from '../../helpers/signInWorld';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
const world = useSite();
let customerId: string;
let resetAt: number;
let cloud: (at: number) => CloudPasswordState;
let looks: number[];

beforeEach(async () => {
  const tenant = {
    tenantId: TENANT_ID,
    displayName: 'Contoso',
    domains: ['contoso.example'],
    consentedBy: { objectId: 'a', name: 'Ada', username: 'ada@contoso.example' },
    consentedAt: 0,
    checks: [],
  };
  const customer = sampleCustomer('Contoso', { office365: { state: 'connected', since: 0, tenant } });
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

async function happens(more: Partial<ResetFacts['reset']> = {}): Promise<void> {
  const { id, value } = resetEvent(customerId, 1, resetAt, { facts: { arrival: { state: 'checking' } } });
  const facts = value.facts as ResetFacts;
  const reset = { ...facts.reset, ...more };
  await world.bot.stores.events.insert(id, { ...value, facts: { ...facts, reset } });
  await enqueueArrival({ ...world.bot, clock: world.site.clock }, id);
}

/** Lets the time go by as the bot's background would live it. */
async function passes(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await world.bot.runner.tick();
    await world.bot.notifications.run();
    world.site.clock.advance(1_000);
  }
}

const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));

test('it is live as soon as Microsoft says so, on the same card, with the time that it took', async () => {
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

test('it is looked for less and less often, for ten minutes', async () => {
  await happens();
  await passes(700);
  const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
  expect(looks.length).toBeLessThan(25);
  expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
  expect(cards()[0]).toContain('not in Microsoft 365 after 10 min');
});

test('an earlier change is no arrival', async () => {
  cloud = () => ({ found: true, synced: true, lastPasswordChangeAt: resetAt - 5_000 });
  await happens();
  await passes(60);
  expect(cards()[0]).toContain('checking');
});

test('a bot that dies in between: another instance goes on', async () => {
  cloud = (at) => ({ found: true, synced: true, lastPasswordChangeAt: at < 60_000 ? 0 : resetAt + 60_000 });
  await happens();
  await passes(20);
  world.bot = await world.site.start();
  await passes(90);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('live in Microsoft 365 after 60 s');
});

describe('why it is not there', () => {
  const agent = (state: 'staging' | 'suspended' | 'ready') =>
    world.bot.stores.agents.insert(state, {
      customerId,
      machine: { id: state, name: 'SYNC1', os: 'Windows' },
      publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) },
      version: '0.1.0',
      enrolledAt: 0,
      enrolledBy: { id: 'tess', name: 'Tess' },
      enrolledWith: state,
      state: 'online',
      stateSince: 0,
      lastBeatAt: resetAt + 700_000,
      skewMs: 0,
      waiting: { events: 0 },
      health: { directory: { state: 'reading' }, connect: { state }, eventLog: { state: 'read' } },
    });

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
    ['staging', 'staging mode', () => agent('staging')],
    ['suspended', 'is suspended', () => agent('suspended')],
    [
      'hash sync stale',
      'Password hash sync is stale',
      () => {
        world.site.microsoft.syncEvidence = async () => ({
          onPremisesSync: 'synced',
          domains: [],
          readAt: 0,
          lastPasswordSyncAt: resetAt - 7_200_000,
        });
      },
    ],
    [
      'consent lost',
      'the consent was lost',
      () => {
        cloud = () => {
          throw new MicrosoftRefused('consentLost');
        };
      },
    ],
    ['nothing found', 'No reason was found', () => agent('ready')],
  ])('%s', async (_name, sentence, given, more = {}) => {
    await given();
    await happens(more);
    await passes(660);
    expect(cards()[0]).toContain('not in Microsoft 365 after 10 min');
    expect(cards()[0]).toContain(sentence);
  });
});

test('what nobody expected, for minutes, does not end it', async () => {
  cloud = (at) => {
    if (at < 300_000) throw new TypeError('unexpected');
    return { found: true, synced: true, lastPasswordChangeAt: resetAt + 200_000 };
  };
  await happens();
  await passes(660);
  expect(cards()[0]).toContain('live in Microsoft 365 after 200 s');
});
