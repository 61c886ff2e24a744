import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import { createQuestions } from '../../../connectors/graph/questions';
import { refusalWords } from '../../../domain/tenants/refusals/refusalWords';
import { PLAYED_TENANT, startPlayedMicrosoft } from '../../helpers/cloud/playedMicrosoft';

const OTHER_TENANT = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f02';
const ACCOUNT = { immutableId: 'AAAA' };
const MINUTE = 60_000;

let microsoft: Awaited<ReturnType<typeof startPlayedMicrosoft>>;
beforeEach(async () => {
  microsoft = await startPlayedMicrosoft([PLAYED_TENANT, OTHER_TENANT]);
  microsoft.server.playAt('/v1.0/users', { body: { value: [] } });
});
afterEach(() => microsoft.server.close());

/** Its time stands still until a test moves it. */
function directory(bound = { most: 30, everyMs: MINUTE, leftToPeople: 10 }) {
  const clock = { now: 1_000_000 };
  const questions = createQuestions(bound, () => clock.now);
  return { clock, ...createTenantDirectory(microsoft.settings, questions) };
}
const looks = (on: ReturnType<typeof directory>, count: number, tenant = PLAYED_TENANT) =>
  Promise.allSettled(Array.from({ length: count }, () => on.passwordState(tenant, ACCOUNT)));
const answered = (all: PromiseSettledResult<unknown>[]) =>
  all.filter(({ status }) => status === 'fulfilled').length;

test('Microsoft is asked a limited number of times, no matter how often a tenant is to be read', async () => {
  const on = directory();
  const all = await looks(on, 100);
  expect(microsoft.asked('/users')).toBeLessThanOrEqual(20);
  expect(answered(all)).toBe(20);
  expect(all.at(-1)).toMatchObject({ reason: { refusal: 'askedTooOften', waitMs: expect.any(Number) } });
});

test('questions that a person waits for are still asked about that tenant, and another tenant has its own limit', async () => {
  const on = directory();
  await looks(on, 100);
  expect(await on.check(PLAYED_TENANT, 'users')).toMatchObject({ state: 'passed' });
  expect(answered(await looks(on, 5, OTHER_TENANT))).toBe(5);
});

test('a test beyond the limit says what happened, and nothing about the tenant', async () => {
  const on = directory({ most: 1, everyMs: MINUTE, leftToPeople: 0 });
  await on.check(PLAYED_TENANT, 'users');
  const outcome = await on.check(PLAYED_TENANT, 'users');
  expect(outcome).toMatchObject({ state: 'failed', unavailable: true });
  expect(outcome).not.toHaveProperty('consentLost');
  expect(outcome.finding).toBe('Keyturn has asked Microsoft so often for this customer that it waits now.');
  expect(outcome.cure).toBe('Test again in 60 seconds.');
});

test('it continues as time passes', async () => {
  const on = directory();
  await looks(on, 100);
  on.clock.now += MINUTE / 2;
  expect(answered(await looks(on, 100))).toBe(15);
});

test('tokens that Microsoft refuses count as well', async () => {
  const on = directory();
  microsoft.token({ status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000229: x' } });
  for (let n = 0; n < 60; n++) await looks(on, 1);
  expect(microsoft.asked('/token')).toBeLessThanOrEqual(20);
});

test('a bulk reset of two thousand users stays within the limit of one tenant: each is looked for more than once', () => {
  const clock = { now: 0 };
  const count = createQuestions(undefined, () => clock.now);
  let looked = 0;
  for (let second = 0; second < 600; second++) {
    for (let n = 0; n < 100; n++) {
      try {
        count(PLAYED_TENANT, 'itself');
        looked += 1;
      } catch (error) {
        expect(refusalWords(error).finding).toContain('so often');
        break;
      }
    }
    clock.now += 1_000;
  }
  expect(looked).toBeGreaterThanOrEqual(4 * 2_000);
});
