import { VersionConflict } from '../../../domain/errors';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';
import { TENANT_ID } from '../../helpers/cloud/signInWorld';

const world = useSite();
const DAY = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  const now = world.site.clock.now();
  const check = (name: 'token' | 'organization' | 'permissions' | 'directoryRole' | 'users') =>
    ({ check: name, state: 'passed', finding: 'Fine.' }) as const;
  const tenant = {
    tenantId: TENANT_ID,
    displayName: 'Contoso',
    domains: ['contoso.example'],
    consentedBy: { objectId: 'a', name: 'Ada', username: 'ada@contoso.example' },
    consentedAt: now,
    checkedAt: now,
    checks: [
      check('token'),
      check('organization'),
      check('permissions'),
      check('directoryRole'),
      check('users'),
    ],
  };
  const customer = sampleCustomer('Contoso', { office365: { state: 'connected', since: now, tenant } });
  await world.bot.stores.customers.insert(customer.id, customer);
  await world.bot.begin();
  await world.bot.runner.tick();
  const tess = world.seat(world.site.tess);
  await tess.installs();
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
});

const schedulesDue = () => world.bot.daily.find(({ name }) => name === 'schedules')?.run();

async function dayGoesBy(): Promise<void> {
  world.site.clock.advance(DAY);
  await schedulesDue();
  await schedulesDue();
  await world.bot.runner.tick();
  await world.bot.notifications.run();
}
const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));

test('a healthy connection is tested once a day and not mentioned', async () => {
  await dayGoesBy();
  expect(world.site.microsoft.checked).toHaveLength(5);
  expect(cards()).toEqual([]);
});

test('revoked permissions are told once', async () => {
  world.site.microsoft.outcomes = {
    permissions: { state: 'failed', finding: 'User.Read.All is missing.', cure: 'Consent again.' },
  };
  await dayGoesBy();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('A connection got worse');
  expect(cards()[0]).toContain('missing permissions');
  expect(cards()[0]).toContain('Consent again.');
  await dayGoesBy();
  expect(cards()).toHaveLength(1);
});

test('a withdrawn consent is told', async () => {
  world.site.microsoft.outcomes = { token: { state: 'failed', finding: 'No consent.', consentLost: true } };
  await dayGoesBy();
  expect(cards()[0]).toContain('consent lost');
});

test('when Microsoft does not answer, that is no news about the connection', async () => {
  const unavailable = { state: 'failed', finding: 'Microsoft did not answer.', unavailable: true } as const;
  world.site.microsoft.outcomes = { token: unavailable };
  await dayGoesBy();
  world.site.microsoft.outcomes = { users: unavailable };
  await dayGoesBy();
  expect(cards()).toEqual([]);
});

test('what Microsoft did answer is told all the same', async () => {
  world.site.microsoft.outcomes = {
    permissions: { state: 'failed', finding: 'User.Read.All is missing.', cure: 'Consent again.' },
    users: { state: 'failed', finding: 'Microsoft did not answer.', cure: 'Wait.', unavailable: true },
  };
  await dayGoesBy();
  expect(cards()[0]).toContain('missing permissions. Consent again.');
  expect(cards()[0]).not.toContain('Wait.');
});

test('a refused sign-in is told: our own credential, a policy, a missing tenant', async () => {
  world.site.microsoft.outcomes = {
    token: { state: 'failed', finding: 'Our credential is refused.', cure: 'Ask your Keyturn admin.' },
  };
  await dayGoesBy();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('missing its own sign-in. Ask your Keyturn admin.');
});

test('the result is told although the bot died after the tests', async () => {
  const { events } = world.bot.stores;
  const { insert } = events;
  const dies = async () => {
    Object.assign(events, { insert });
    throw new TypeError('killed');
  };
  Object.assign(events, { insert: dies });
  world.site.microsoft.outcomes = { permissions: { state: 'failed', finding: 'Missing.' } };
  await dayGoesBy();
  expect(cards()).toEqual([]);
  world.site.clock.advance(60_000);
  await world.bot.runner.tick();
  await world.bot.notifications.run();
  expect(cards()).toHaveLength(1);
});

test('the connection is tested and told later when others change the customer at that moment', async () => {
  const { customers } = world.bot.stores;
  const { replace } = customers;
  const isTaken = async () => {
    throw new VersionConflict('customers', 'contoso');
  };
  Object.assign(customers, { replace: isTaken });
  world.site.microsoft.outcomes = { permissions: { state: 'failed', finding: 'Missing.' } };
  await dayGoesBy();
  expect(cards()).toEqual([]);
  Object.assign(customers, { replace });
  world.site.clock.advance(60_000);
  await world.bot.runner.tick();
  await world.bot.notifications.run();
  expect(cards()).toHaveLength(1);
});

test('a customer that is removed during its test is no longer watched, and no job fails', async () => {
  const { customers, jobs } = world.bot.stores;
  const { items } = await customers.list({ limit: 1 });
  const { check } = world.site.microsoft;
  world.site.microsoft.check = async (...args) => {
    const [current] = items;
    if (current) await customers.remove(current.id);
    return check.apply(world.site.microsoft, args);
  };
  await dayGoesBy();
  expect(cards()).toEqual([]);
  const { items: watches } = await jobs.list({ where: { kind: 'watchTenant' }, limit: 10 });
  expect(watches.map(({ value: { state, failures = 0 } }) => [state, failures])).toEqual([['done', 0]]);
});
