import { enqueueTenantWatch } from '../../../bot/jobs/watchTenant';
import { textOf } from '../../helpers/botWorld/cardReader';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';
import { useSite } from '../../helpers/botWorld/useSite';
import { TENANT_ID } from '../../helpers/signInWorld';

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
  const tess = world.seat(world.site.tess);
  await tess.installs();
  await tess.says('notify');
  await tess.clicks(tess.card, 'Save');
  world.site.teams.messages.length = 0;
});

async function dayGoesBy(): Promise<void> {
  world.site.clock.advance(DAY);
  await enqueueTenantWatch({ ...world.bot.stores, clock: world.site.clock });
  await enqueueTenantWatch({ ...world.bot.stores, clock: world.site.clock });
  await world.bot.runner.tick();
  await world.bot.notifications.run();
}
const cards = () => world.site.teams.messages.map(({ card }) => textOf(card));

test('a connection that is well is tested once a day and not spoken of', async () => {
  await dayGoesBy();
  expect(world.site.microsoft.checked).toHaveLength(5);
  expect(cards()).toEqual([]);
});

test('permissions that were taken away are told, once', async () => {
  world.site.microsoft.outcomes = {
    permissions: { state: 'failed', finding: 'User.Read.All is missing.', cure: 'Consent again.' },
  };
  await dayGoesBy();
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('Connection degraded: Contoso');
  expect(cards()[0]).toContain('missing permissions');
  expect(cards()[0]).toContain('Consent again.');
  await dayGoesBy();
  expect(cards()).toHaveLength(1);
});

test('a consent that was withdrawn is told', async () => {
  world.site.microsoft.outcomes = { token: { state: 'failed', finding: 'No consent.', consentLost: true } };
  await dayGoesBy();
  expect(cards()[0]).toContain('consent lost');
});

test('Microsoft that does not answer is no news of the connection', async () => {
  world.site.microsoft.outcomes = { token: { state: 'failed', finding: 'Microsoft did not answer.' } };
  await dayGoesBy();
  expect(cards()).toEqual([]);
});
