import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryFault } from '../../../agent/ports';
import { AGENT_ID, INSTALL_TOKEN } from '../../helpers/agent/fakeBot';
import {
  DIRECTORY_OPTIONS,
  DIRECTORY_PASSWORD,
  INSTALL_SECRETS,
  installWorld,
} from '../../helpers/agent/installWorld';

describe('the agent’s commands', () => {
  let world: Awaited<ReturnType<typeof installWorld>>;
  beforeEach(async () => {
    world = await installWorld();
  });
  afterEach(() => world.close());
  const install: typeof world.install = (...given) => world.install(...given);
  const installed = () => world.installed;

  test('install sets everything up, readable only for its owner, and prints no secret', async () => {
    expect(await install()).toBe(0);
    expect(JSON.parse(readFileSync(world.config, 'utf8'))).toEqual({
      server: world.bot.url,
      directory: { url: 'ldaps://dc1.contoso.test', account: 'KEYTURN\\svc', pin: 'ab'.repeat(32) },
    });
    expect(world.done).toEqual(['register', 'start']);
    expect(world.task.registered).toEqual({
      file: process.execPath,
      args: [installed(), '--config', world.config, 'run'],
    });
    const data = join(world.folder, 'data');
    for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
      const { mode } = statSync(join(data, name));
      expect([name, mode & 0o77]).toEqual([name, 0]);
    }
    expect(readFileSync(join(data, 'secrets', 'directoryPassword'), 'utf8')).toBe(DIRECTORY_PASSWORD);
    const said = [...world.output, ...world.complaints, readFileSync(world.config, 'utf8')].join();
    expect(said).not.toContain(DIRECTORY_PASSWORD);
    expect(said).not.toContain(INSTALL_TOKEN);
    expect(JSON.parse(readFileSync(join(data, 'enrolment.json'), 'utf8')).agentId).toBe(AGENT_ID);
  });

  test('the same line again gives the same installation, even after the token was used', async () => {
    await install();
    expect(await install()).toBe(0);
    world.bot.token = 'another';
    expect(await install()).toBe(0);
    expect(await world.command(['install'])).toBe(0);
    expect(await world.command(['repair'])).toBe(0);
    expect(await world.task.state()).toBe('running');
  });

  test('an option that is left out keeps its value, but another domain controller has another certificate', async () => {
    await install();
    const set = () => JSON.parse(readFileSync(world.config, 'utf8')).directory;
    expect(await world.command(['repair', '--pin', 'CD'.repeat(32)])).toBe(0);
    expect(set()).toEqual({ url: 'ldaps://dc1.contoso.test', account: 'KEYTURN\\svc', pin: 'cd'.repeat(32) });
    expect(await world.command(['install', '--directory', 'ldaps://dc2.contoso.test'])).toBe(0);
    expect(set()).toEqual({ url: 'ldaps://dc2.contoso.test', account: 'KEYTURN\\svc' });
  });

  test('print nothing with --quiet', async () => {
    expect(await world.command(['install', '--quiet', '--server', world.bot.url], INSTALL_SECRETS)).toBe(0);
    expect([...world.output, ...world.complaints]).toEqual([]);
  });

  test('take the token from standard input, too', async () => {
    const readInput = async () => `${INSTALL_TOKEN}\r\n`;
    expect(await world.command(['enrol', '--server', world.bot.url], { readInput })).toBe(0);
    expect(world.output).toEqual([
      'Enrolled as an agent of Contoso.',
      expect.stringContaining('The fingerprint of its key is '),
    ]);
  });

  test.each([
    [2, 'an unknown command', ['dance']],
    [2, 'no command', []],
    [2, 'a token as an argument', ['enrol', '--server', 'https://x.test', '--token', 'a-secret-argument']],
    [2, 'a token as a word', ['enrol', 'a-secret-argument', '--server', 'https://x.test']],
    [2, 'an option of another command', ['run', '--server', 'https://x.test']],
    [2, 'update without a hash', ['update', '--file', 'x']],
    [2, 'a directory without its password', ['install', '--server', 'https://x.test', ...DIRECTORY_OPTIONS]],
    [3, 'no address', ['install']],
    [3, 'plain http', ['install', '--server', 'http://keyturn.example.com']],
    [
      3,
      'plain LDAP',
      ['install', '--server', 'https://x.test', '--directory', 'ldap://dc1', '--account', 'a'],
    ],
    [3, 'a password in the address', ['install', '--server', 'https://u:a-secret-argument@x.test']],
    [3, 'run before install', ['run']],
  ])('end with %d for %s, and change nothing', async (code, _what, args) => {
    expect(await world.command(args)).toBe(code);
    expect(world.complaints).toHaveLength(1);
    expect(world.complaints.join()).not.toContain('a-secret-argument');
    expect(world.done).toEqual([]);
    expect(existsSync(installed())).toBe(false);
  });

  test('have a code of their own for each obstacle', async () => {
    expect(await install({ installToken: 'not-the-right-token-for-this' })).toBe(11);
    expect(await install({ installToken: undefined })).toBe(11);
    world.bot.refusing = 'clock';
    expect(await install()).toBe(12);
    world.bot.refusing = undefined;
    const unreachable = ['install', '--server', 'http://127.0.0.1:9', ...DIRECTORY_OPTIONS];
    expect(await world.command(unreachable, INSTALL_SECRETS)).toBe(10);
    const { platform } = world.deps;
    expect(await install({ platform: { ...platform, programFolder: join(world.config, 'no-folder') } })).toBe(
      21,
    );
    expect(world.done).toEqual([]);
    world.notAdministrator();
    for (const name of ['install', 'repair', 'uninstall']) expect(await world.command([name])).toBe(20);
  });

  test('repair restores program and task, and enrols again only when the identity does not work', async () => {
    await install();
    const before = world.bot.paths.filter((path) => path.endsWith('enrol')).length;
    writeFileSync(installed(), 'spoilt');
    await world.task.remove();
    expect(await world.command(['repair'], INSTALL_SECRETS)).toBe(0);
    expect(readFileSync(installed(), 'utf8')).toContain('0.1.0');
    expect(await world.task.state()).toBe('running');
    expect(world.bot.paths.filter((path) => path.endsWith('enrol'))).toHaveLength(before);
    world.bot.publicKey = undefined;
    expect(await world.command(['repair'])).toBe(11);
    expect(await world.command(['repair'], INSTALL_SECRETS)).toBe(0);
  });

  test('uninstall leaves nothing, is safe to repeat, and says what people still have to do', async () => {
    await install();
    expect(await world.command(['uninstall', '--keep-data'])).toBe(0);
    expect(existsSync(installed())).toBe(false);
    expect(existsSync(world.config)).toBe(true);
    await install();
    expect(await world.command(['uninstall'])).toBe(0);
    expect(readdirSync(world.folder)).toEqual(['download']);
    expect(world.output.join()).toContain('The account KEYTURN\\svc stays in the directory');
    expect(await world.command(['uninstall'])).toBe(0);
    expect(await world.task.state()).toBe('absent');
    expect(world.output.at(-1)).toContain('Revoke the agent in Teams');
  });

  describe('doctor', () => {
    const lines = () => world.output.map((line) => line.slice(0, 7).trim());
    beforeEach(async () => {
      await install();
      world.output.length = 0;
    });

    test('finds everything well', async () => {
      expect(await world.command(['doctor'])).toBe(0);
      expect(lines()).toEqual(['ok', 'note', 'ok', 'ok', 'ok', 'ok']);
      expect(world.output[0]).toContain('knows this agent of Contoso');
      expect(world.bot.paths.at(-1)).toBe('/agents/v1/beat');
      expect(world.bot.beats).toEqual([]);
    });

    test('says for each part what is wrong and what to do, and goes on', async () => {
      world.bot.refusing = 'revoked';
      await world.task.stop();
      const openDirectory = () => {
        throw new DirectoryFault('certificate', 'The certificate is another one than was pinned.');
      };
      expect(await world.command(['doctor'], { openDirectory })).toBe(40);
      expect(lines()).toEqual(['PROBLEM', 'PROBLEM', 'ok', 'ok', 'ok', 'PROBLEM']);
      expect(world.output[1]).toBe('PROBLEM Directory: The certificate is another one than was pinned.');
    });

    test('says which account it looked as, and makes no key pair', async () => {
      const settings = JSON.parse(readFileSync(world.config, 'utf8'));
      writeFileSync(world.config, JSON.stringify({ ...settings, runAs: 'CONTOSO\\keyturn$' }));
      rmSync(join(world.folder, 'data', 'secrets', 'identityKey'));
      expect(await world.command(['doctor'])).toBe(40);
      expect(world.output[0]).toContain('The agent is not enrolled');
      expect(world.output.at(-1)).toMatch(/^note +Account: .* The agent runs as CONTOSO\\keyturn\$/);
      expect(existsSync(join(world.folder, 'data', 'secrets', 'identityKey'))).toBe(false);
    });

    test('reports a clock that is wrong by a day', async () => {
      world.bot.skewMs = 24 * 60 * 60_000;
      expect(await world.command(['doctor'])).toBe(40);
      expect(world.output[0]).toContain('1440 min behind');
    });
  });
});
