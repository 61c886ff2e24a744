import { X509Certificate } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { generate } from 'selfsigned';
import { createTenantDirectory } from '../../../connectors/graph/createTenantDirectory';
import type { GraphCredential } from '../../../connectors/graph/settings';
import { CHECKS } from '../../../domain/tenants/tenantConnection';
import { ROLES } from '../../../sandbox/microsoft/roles';
import { openGraphWorld } from '../../helpers/cloud/graphWorld';
import { CLIENT_ID, CLIENT_SECRET } from '../../helpers/cloud/microsoftWorld';

type GraphWorld = Awaited<ReturnType<typeof openGraphWorld>>;

const NORTHWIND = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';

let world: GraphWorld['world'];
let lines: GraphWorld['lines'];
let settings: GraphWorld['settings'];

beforeEach(async () => {
  ({ world, lines, settings } = await openGraphWorld());
});
afterEach(() => world.close());

describe('a tenant', () => {
  const checkAll = async (directory = createTenantDirectory(settings)) => {
    const outcomes = [];
    for (const check of CHECKS) outcomes.push(await directory.check(NORTHWIND, check));
    return outcomes;
  };
  const states = async () => (await checkAll()).map(({ state }) => state);

  test('passes every check, and describes itself', async () => {
    world.control.grantConsent(NORTHWIND);
    world.control.setDirectoryRoles(NORTHWIND, [ROLES.privilegedAuthenticationAdministrator]);
    expect(await states()).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    const directory = createTenantDirectory(settings);
    expect(await directory.hasConsent(NORTHWIND)).toBe(true);
    expect(await directory.describe(NORTHWIND)).toMatchObject({ displayName: 'Northwind Traders' });
  });

  test('one app-only token serves all checks, until it is forgotten', async () => {
    world.control.grantConsent(NORTHWIND);
    const directory = createTenantDirectory(settings);
    const tokens = () => world.control.requests().filter(({ path }) => path.endsWith('/token')).length;
    await checkAll(directory);
    expect(tokens()).toBe(1);
    directory.forget(NORTHWIND);
    await directory.check(NORTHWIND, 'token');
    expect(tokens()).toBe(2);
  });

  test('says whether the app may reset only users, or nobody', async () => {
    world.control.grantConsent(NORTHWIND);
    world.control.setDirectoryRoles(NORTHWIND, [ROLES.userAdministrator]);
    const directory = createTenantDirectory(settings);
    expect(await directory.check(NORTHWIND, 'directoryRole')).toMatchObject({
      state: 'warned',
      finding: expect.stringContaining('not administrators'),
    });
    world.control.setDirectoryRoles(NORTHWIND, []);
    expect(await directory.check(NORTHWIND, 'directoryRole')).toMatchObject({
      state: 'failed',
      cure: expect.stringContaining('User Administrator'),
    });
  });

  test('names the missing permission', async () => {
    world.control.grantConsent(NORTHWIND, ['User.Read.All']);
    world.control.setDirectoryRoles(NORTHWIND, [ROLES.privilegedAuthenticationAdministrator]);
    const outcomes = await checkAll();
    expect(outcomes.map(({ state }) => state)).toEqual(['passed', 'passed', 'failed', 'passed', 'failed']);
    expect(outcomes[2]?.finding).toMatch(/^Not granted: User\.Read\.All \(.*\)\.$/);
    expect(await createTenantDirectory(settings).hasConsent(NORTHWIND)).toBe(false);
  });

  test('without our service principal has lost its consent', async () => {
    const directory = createTenantDirectory(settings);
    expect(await directory.hasConsent(NORTHWIND)).toBe(false);
    expect(await directory.check(NORTHWIND, 'token')).toMatchObject({ state: 'failed', consentLost: true });
  });

  test('does not take our own expired secret for a lost consent', async () => {
    world.control.grantConsent(NORTHWIND);
    world.control.expireClientSecret(true);
    const outcome = await createTenantDirectory(settings).check(NORTHWIND, 'token');
    expect(outcome).toMatchObject({ state: 'failed', finding: expect.stringContaining('own credential') });
    expect(outcome.consentLost).toBeUndefined();
    expect(outcome.unavailable).toBeUndefined();
    await expect(createTenantDirectory(settings).hasConsent(NORTHWIND)).rejects.toMatchObject({
      refusal: 'ourCredential',
    });
  });

  test('that throttles once is asked again; a long wait is not waited for', async () => {
    world.control.grantConsent(NORTHWIND);
    const directory = createTenantDirectory(settings);
    world.control.failNext({ kind: 'throttled', retryAfterSeconds: 0 }, { surface: 'graph' });
    expect(await directory.check(NORTHWIND, 'users')).toMatchObject({ state: 'passed' });
    world.control.failNext({ kind: 'throttled', retryAfterSeconds: 600 }, { surface: 'graph' });
    expect(await directory.check(NORTHWIND, 'users')).toMatchObject({
      state: 'failed',
      finding: expect.stringContaining('did not answer'),
      unavailable: true,
    });
  });

  test.each([{ kind: 'html' }, { kind: 'truncated' }] as const)(
    'a broken answer fails the check: %j',
    async (fault) => {
      world.control.grantConsent(NORTHWIND);
      world.control.failNext(fault, { surface: 'graph' });
      expect(await createTenantDirectory(settings).check(NORTHWIND, 'organization')).toMatchObject({
        state: 'failed',
      });
    },
  );

  test('accepts a certificate or a signed assertion instead of a secret, and no foreign one', async () => {
    const pair = await generate([{ name: 'commonName', value: 'app' }], {
      algorithm: 'sha256',
      keySize: 2048,
    });
    await world.close();
    ({ world, lines, settings } = await openGraphWorld({ clientCertificatePem: pair.cert }));
    world.control.grantConsent(NORTHWIND);
    const tokenCheck = async (credential: GraphCredential) =>
      (await createTenantDirectory({ ...settings, credential }).check(NORTHWIND, 'token')).state;
    const thumbprintSha256 = new X509Certificate(pair.cert).fingerprint256.replaceAll(':', '');
    expect(await tokenCheck({ kind: 'certificate', thumbprintSha256, privateKey: pair.private })).toBe(
      'passed',
    );
    const getAssertion = async () =>
      new SignJWT({ jti: 'once' })
        .setProtectedHeader({ alg: 'PS256' })
        .setIssuer(CLIENT_ID)
        .setSubject(CLIENT_ID)
        .setAudience(`${world.loginUrl}/${NORTHWIND}/oauth2/v2.0/token`)
        .setExpirationTime('5m')
        .sign(await importPKCS8(pair.private, 'PS256'));
    expect(await tokenCheck({ kind: 'assertion', getAssertion })).toBe('passed');
    expect(await tokenCheck({ kind: 'assertion', getAssertion: async () => 'not.an.assertion' })).toBe(
      'failed',
    );
  });

  test('writes no token or secret to the log', async () => {
    world.control.expireClientSecret(true);
    await checkAll();
    expect(lines.lines().length).toBe(CHECKS.length);
    expect(lines.text()).not.toContain(CLIENT_SECRET);
    expect(lines.text()).not.toMatch(/eyJ/);
  });
});

describe('sync evidence', () => {
  const evidence = () => createTenantDirectory(settings).syncEvidence(NORTHWIND);

  test.each([
    [null, 'never'],
    [false, 'noLonger'],
    [true, 'synced'],
    [undefined, 'unknown'],
  ])('onPremisesSyncEnabled %s means %s', async (onPremisesSyncEnabled, meaning) => {
    world.control.grantConsent(NORTHWIND);
    world.control.changeOrganization(NORTHWIND, { onPremisesSyncEnabled });
    expect((await evidence()).onPremisesSync).toBe(meaning);
  });

  test('counts users and reads times and domains', async () => {
    world.control.grantConsent(NORTHWIND);
    world.control.addUsers(NORTHWIND, 5, true);
    world.control.changeOrganization(NORTHWIND, {
      onPremisesSyncEnabled: true,
      onPremisesLastSyncDateTime: '2026-11-23T07:00:00Z',
      onPremisesLastPasswordSyncDateTime: undefined,
    });
    const read = await evidence();
    expect(read).toMatchObject({
      syncedUsers: 5,
      cloudOnlyUsers: 38,
      lastDirectorySyncAt: Date.UTC(2026, 10, 23, 7),
    });
    expect(read.domains).toContain('northwindtraders.example');
    expect(read).not.toHaveProperty('lastPasswordSyncAt');
  });

  test('reports what it may not read as unknown, never as no', async () => {
    expect(await evidence()).toEqual({ onPremisesSync: 'unknown', domains: [], readAt: expect.any(Number) });
    world.control.grantConsent(NORTHWIND, ['User.Read.All']);
    const read = await evidence();
    expect(read.onPremisesSync).toBe('never');
    expect(read).not.toHaveProperty('syncedUsers');
  });
});
