import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type AgentSettings, parseSettings, readSettings, type SettingsFault } from '../../../agent/settings';
import { VERSION } from '../../../agent/version';
import { writeSettings } from '../../../agent/writeSettings';
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

  const write = (path: string, settings: AgentSettings) =>
    writeSettings(path, settings, {
      dataFolder: join(folder, 'usual'),
      protect: async (path) => void mkdirSync(path, { recursive: true, mode: 0o700 }),
    });

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

  test('are written so that only their owner can read them, even over an older file', async () => {
    const settings = parseSettings({ server: 'https://keyturn.example.com' });
    const protectedPaths: unknown[] = [];
    await writeSettings(file, settings, {
      dataFolder: '/var/lib/keyturn-agent',
      async protect(path) {
        protectedPaths.push(path);
        mkdirSync(path, { recursive: true, mode: 0o700 });
      },
    });
    chmodSync(file, 0o666);
    await write(file, settings);
    expect(protectedPaths).toEqual([join(folder, 'data')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(await readSettings(file)).toEqual(settings);
  });

  test('are not written into somebody else’s folder, which stays as it was', async () => {
    const etc = join(folder, 'etc');
    mkdirSync(join(etc, 'logs'), { recursive: true, mode: 0o755 });
    const settings = parseSettings({ server: 'https://keyturn.example.com' });
    await expect(write(join(etc, 'keyturn.json'), settings)).rejects.toMatchObject({
      faults: [expect.stringMatching(/etc: holds other things, and the agent needs a folder of its own/)],
    });
    expect(statSync(etc).mode & 0o777).toBe(0o755);
    mkdirSync(join(folder, 'usual', 'logs'), { recursive: true });
    mkdirSync(join(folder, 'empty'));
    for (const name of ['usual', 'empty']) await write(join(folder, name, 'settings.json'), settings);
    await write(join(folder, 'empty', 'settings.json'), settings);
  });

  test('keep copies of the authorities that they name, so the agent can read them from any folder', async () => {
    const path = join(folder, 'authorities', 'settings.json');
    const directory = {
      url: 'ldaps://dc1.contoso.test',
      account: 'a',
      ca: relative(process.cwd(), join(folder, 'ca.pem')),
    };
    const settings = parseSettings({
      server: 'https://keyturn.example.com',
      serverCa: join(folder, 'ca.pem'),
      directory,
    });
    await expect(write(path, settings)).rejects.toMatchObject({
      faults: [expect.stringMatching(/^serverCa: .* cannot be read/)],
    });
    writeFileSync(join(folder, 'ca.pem'), 'an authority');
    const written = await write(path, settings);
    expect(await readSettings(path)).toEqual(written);
    for (const kept of [written.serverCa, written.directory?.ca]) {
      expect(kept?.startsWith(join(folder, 'authorities'))).toBe(true);
      expect(readFileSync(kept ?? '', 'utf8')).toBe('an authority');
    }
    expect(await write(path, written)).toEqual(written);
  });

  test('that are not JSON are refused without a quotation', async () => {
    writeFileSync(file, '{"password": "a-secret"');
    await expect(readSettings(file)).rejects.toMatchObject({ faults: [`${file}: is not JSON`] });
  });

  test('are read with a byte order mark before them', async () => {
    const marked = join(folder, 'marked.json');
    writeFileSync(marked, '\ufeff{"server":"https://keyturn.example.com"}');
    const bare = join(folder, 'bare.json');
    writeFileSync(bare, '{"server":"https://keyturn.example.com"}');
    const faults = (path: string) =>
      readSettings(path).then(
        () => [],
        (fault: SettingsFault) => fault.faults,
      );
    expect(await faults(marked)).toEqual(await faults(bare));
  });

  test('the version is that of the package', () => {
    expect(VERSION).toBe(version);
  });
});
