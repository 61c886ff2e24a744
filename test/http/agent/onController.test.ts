import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinuxPlatform } from '../../../agent/linux/createLinuxPlatform';
import { type DomainController, PlatformFault } from '../../../agent/ports';
import { INSTALL_SECRETS, installWorld } from '../../helpers/agent/installWorld';

const NAME = 'dc9.contoso.test';
const { installToken } = INSTALL_SECRETS;

describe('the agent on a domain controller', () => {
  let world: Awaited<ReturnType<typeof installWorld>>;
  let passwords: string[];
  let controller: DomainController;
  beforeEach(async () => {
    world = await installWorld();
    passwords = ['its-first-password', 'its-second-password'];
    controller = {
      name: NAME,
      account: 'kt-dc9@contoso.test',
      ensureCertificate: async () => ({ made: true, sha256: 'ef'.repeat(32) }),
      setAccount: async () => ({ made: passwords.length === 2, password: passwords.shift() ?? 'none' }),
    };
  });
  afterEach(() => world.close());
  const command = (args: string[], more = {}) =>
    world.command(args, {
      installToken,
      platform: { ...world.deps.platform, domainController: async () => controller },
      ...more,
    });
  const install = (...options: string[]) => command(['install', '--server', world.bot.url, ...options]);
  const directory = () => JSON.parse(readFileSync(world.config, 'utf8')).directory;
  const kept = () => readFileSync(join(world.folder, 'data', 'secrets', 'directoryPassword'), 'utf8');

  test('makes account and certificate with one line, and watches', async () => {
    expect(await install('--make-certificate', '--make-account')).toBe(0);
    expect(directory()).toEqual({
      url: `ldaps://${NAME}`,
      account: 'kt-dc9@contoso.test',
      pin: 'ef'.repeat(32),
    });
    expect(kept()).toBe('its-first-password');
    expect(world.output.join('\n')).toContain('kt-dc9@contoso.test was made');
    expect([...world.output, ...world.complaints].join()).not.toContain('password');
  });

  test('gives the account a new password when the same line runs again, and keeps it', async () => {
    await install('--make-certificate', '--make-account');
    expect(await command(['repair', '--make-account'])).toBe(0);
    expect(kept()).toBe('its-second-password');
    expect(directory().pin).toBe('ef'.repeat(32));
  });

  test('does not touch an account whose password nobody would keep', async () => {
    world.bot.refusing = 'tryLater';
    expect(await install('--make-account')).toBe(10);
    world.bot.refusing = undefined;
    world.program('process.exit(1)');
    expect(await install('--make-account')).toBe(21);
    expect(passwords).toHaveLength(2);
  });

  test('says why the account could not be made, and starts nothing', async () => {
    controller.setAccount = () => Promise.reject(new PlatformFault('files', 'There is an account kt-dc9.'));
    expect(await install('--make-account')).toBe(21);
    expect(world.complaints).toEqual(['There is an account kt-dc9.']);
    expect(world.done).toEqual([]);
  });

  test('needs no --directory when it gets an account', async () => {
    const secrets = { installToken, directoryPassword: 'an-obvious-directory-password' };
    const given = ['install', '--server', world.bot.url, '--account', 'KEYTURN\\svc'];
    expect(await command(given, secrets)).toBe(0);
    expect(directory()).toEqual({ url: `ldaps://${NAME}`, account: 'KEYTURN\\svc' });
    expect(await command([...given, '--directory', 'ldaps://dc1.contoso.test'], secrets)).toBe(0);
    expect(await command(given, secrets)).toBe(0);
    expect(directory()).toEqual({ url: 'ldaps://dc1.contoso.test', account: 'KEYTURN\\svc' });
    expect(await command([...given, '--make-certificate'], secrets)).toBe(0);
    expect(directory()).toEqual({
      url: `ldaps://${NAME}`,
      account: 'KEYTURN\\svc',
      pin: 'ef'.repeat(32),
    });
  });

  test('takes either a given account or one of its own', async () => {
    expect(await install('--make-account', '--account', 'KEYTURN\\svc')).toBe(2);
  });

  test.each(['--make-account', '--make-certificate'])(
    'says for %s elsewhere where it may be used',
    async (option) => {
      expect(await world.command(['install', '--server', world.bot.url, option], INSTALL_SECRETS)).toBe(21);
      expect(world.complaints.join()).toMatch(
        /only on a Windows domain controller.*--account NAME with KEYTURN_DIRECTORY_PASSWORD/,
      );
      expect(world.done).toEqual([]);
      await expect(createLinuxPlatform().domainController()).resolves.toBeUndefined();
    },
  );

  test('runs as a managed account, and as SYSTEM again when that is named; Linux has no such account', async () => {
    const runAs = () => JSON.parse(readFileSync(world.config, 'utf8')).runAs;
    expect(await install('--run-as', 'CONTOSO\\keyturn$')).toBe(0);
    expect(await install()).toBe(0);
    expect(runAs()).toBe('CONTOSO\\keyturn$');
    expect(world.task.registered?.account).toBe('CONTOSO\\keyturn$');
    expect(await install('--run-as', 'system')).toBe(0);
    expect(runAs()).toBeUndefined();
    expect(world.task.registered?.account).toBeUndefined();
    await expect(createLinuxPlatform().protect(world.folder, 'CONTOSO\\keyturn$')).rejects.toMatchObject({
      sentence: expect.stringMatching(/--run-as names a managed account of Windows/),
    });
  });

  test('copies an authority’s file, because the task has another current folder', async () => {
    const ca = join(world.folder, 'ca.pem');
    writeFileSync(ca, 'an authority');
    expect(await install('--make-account', '--ca', ca)).toBe(0);
    expect(directory().ca).toBe(join(world.folder, 'data', 'directoryCa.pem'));
    expect(readFileSync(directory().ca, 'utf8')).toBe('an authority');
  });
});
