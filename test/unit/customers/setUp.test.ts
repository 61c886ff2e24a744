import type { Customer } from '../../../domain/customers/customer';
import { nextStep, type SetUpStepId, stepBehind, stepsOf } from '../../../domain/customers/setUp';
import { CHECKS, type CheckOutcome, type TenantConnection } from '../../../domain/tenants/tenantConnection';
import { sampleCustomer } from '../../helpers/botWorld/sampleCustomer';

const tenantWith = (
  state: CheckOutcome['state'],
  more: Partial<TenantConnection> = {},
): TenantConnection => ({
  tenantId: 't',
  displayName: 'Contoso',
  domains: [],
  consentedBy: { objectId: 'o', name: 'Ada', username: 'ada@contoso.example' },
  consentedAt: 1,
  checks: CHECKS.map((check) => ({ check, state, finding: '' })),
  ...more,
});
const connected = { state: 'connected', since: 1, tenant: tenantWith('passed', { checkedAt: 2 }) } as const;
const online = { state: 'online', since: 1 } as const;
const waiting = { state: 'waiting', since: 1 } as const;
const SYNC = { mode: 'singleSource', chosenAt: 1, chosenBy: { id: 'a', name: 'Ada' } } as const;

const stepsWith = (more: Partial<Customer>, rest: { hybrid?: boolean; alerts?: boolean } = {}) =>
  stepsOf({ customer: sampleCustomer('Contoso', more), hybrid: false, alerts: false, ...rest });
const shown = (more: Partial<Customer>, rest?: { hybrid?: boolean; alerts?: boolean }) =>
  stepsWith(more, rest).map(({ id, state }) => `${id} ${state}`);

test('a new customer has its name, and everything else is to be chosen', () => {
  expect(shown({})).toEqual(['name done', 'microsoft365 open', 'agent open', 'alerts open']);
});

test.each<[string, Partial<Customer>, SetUpStepId | undefined]>([
  ['a new one', {}, 'microsoft365'],
  [
    'a tenant that is being tested',
    { office365: { ...connected, state: 'connecting', tenant: tenantWith('notRun') } },
    'microsoft365',
  ],
  [
    'a tenant whose test failed',
    { office365: { ...connected, tenant: tenantWith('failed', { checkedAt: 2 }) } },
    'microsoft365',
  ],
  ['a cloud-only one', { office365: connected }, 'alerts'],
  ['Active Directory alone', { activeDirectory: waiting }, 'agent'],
  [
    'an agent that is offline',
    { office365: connected, activeDirectory: { state: 'offline', since: 1 } },
    'agent',
  ],
])('the next step of %s', (_name, more, next) => {
  expect(nextStep(stepsWith(more))).toBe(next);
});

test('only a hybrid customer is asked for its sync, once Microsoft 365 works', () => {
  const both = { activeDirectory: waiting, office365: { state: 'chosen', since: 1 } } as const;
  expect(shown(both, { hybrid: true })).toContain('sync upcoming');
  expect(nextStep(stepsWith({ ...both, office365: connected }, { hybrid: true }))).toBe('sync');
  expect(shown({ office365: connected })).not.toContain('sync open');
  expect(shown({ office365: connected, sync: SYNC })).toContain('sync done');
});

test('a tenant that says it is synced makes the agent a step to do', () => {
  expect(shown({ office365: connected }, { hybrid: true })).toContain('agent open');
  expect(shown({ office365: connected })).toContain('agent optional');
});

test('nothing is left when every step that this customer needs is done', () => {
  expect(nextStep(stepsWith({ office365: connected }, { alerts: true }))).toBeUndefined();
  const all = { office365: connected, activeDirectory: online, sync: SYNC };
  expect(nextStep(stepsWith(all, { hybrid: true, alerts: true }))).toBeUndefined();
});

test('skipping goes to the step behind that is not done, optional ones too', () => {
  expect(stepBehind(stepsWith({}), 'microsoft365')).toBe('agent');
  expect(stepBehind(stepsWith({ activeDirectory: online }), 'microsoft365')).toBe('alerts');
  expect(stepBehind(stepsWith({}), 'alerts')).toBeUndefined();
});
