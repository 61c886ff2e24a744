import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, readSettings, type SettingsFault, writeSettings } from '../../../agent/settings';
import { VERSION } from '../../../agent/version';
import { version } from '../../../package.json';

const faultsOf = (value: unknown): string[] => {
  try {
    parseSettings(value);
  } catch (error) {
    return (error as SettingsFault).faults;
  }
  return [];
};

describe('the agent’s settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-settings-'));
  const file = join(folder, 'data', 'settings.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('name every fault at once, and no value', () => {
    const faults = faultsOf({
      server: 'http://keyturn.example.com',
      proxy: 'http://name:a-secret@proxy:8080',
      directory: { url: 'ldap://dc1.contoso.test', pin: 'a-secret' },
      releaseKey: 7,
      password: 'a-secret',
    });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'directory.account',
      'directory.pin',
      'directory.url',
      'password',
      'proxy',
      'releaseKey',
      'server',
    ]);
    expect(faults.join()).not.toContain('a-secret');
  });

  test.each([
    'https://keyturn.example.com/path',
    'https://keyturn.example.com/?q=1',
    'https://name:word@keyturn.example.com',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'keyturn',
  ])('refuse %s as the bot’s address', (server) => {
    expect(faultsOf({ server })).toEqual([expect.stringMatching(/^server: must /)]);
  });

  test.each(['ldaps://dc1.contoso.test:3269', 'ldaps://[::1]:3268/'])(
    'refuse the global catalogue %s, which would show no reset',
    (url) => {
      const directory = { url, account: 'reader@contoso.test' };
      expect(faultsOf({ server: 'https://keyturn.example.com', directory })).toEqual([
        expect.stringMatching(/^directory\.url: must not name port 3268 or 3269: .*global catalogue/),
      ]);
    },
  );

  test.each([
    ['https://Keyturn.Example.com/', 'https://keyturn.example.com'],
    ['http://127.0.0.1:3978', 'http://127.0.0.1:3978'],
    ['http://[::1]:3978/', 'http://[::1]:3978'],
  ])('take %s as %s', (given, server) => {
    expect(parseSettings({ server: given })).toEqual({ server });
  });

  test('are written for their owner alone, whatever was there before', async () => {
    const settings = parseSettings({ server: 'https://keyturn.example.com' });
    const protectedPaths: unknown[] = [];
    await writeSettings(file, settings, async (path, kind) => {
      protectedPaths.push([path, kind]);
    });
    chmodSync(file, 0o666);
    await writeSettings(file, settings, async () => undefined);
    expect(protectedPaths).toEqual([
      [join(folder, 'data'), 'folder'],
      [file, 'file'],
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(await readSettings(file)).toEqual(settings);
  });

  test('that are no JSON are refused without being quoted', async () => {
    writeFileSync(file, '{"password": "a-secret"');
    await expect(readSettings(file)).rejects.toMatchObject({ faults: [`${file}: is not JSON`] });
  });

  test('the version is that of the package', () => {
    expect(VERSION).toBe(version);
  });
});
