import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { removeProgram } from '../../../agent/cli/program/removeProgram';
import { PlatformFault } from '../../../agent/ports';
import { isWindowsAdministrator } from '../../../agent/windows/machine';
import { INSTALL_SECRETS, installWorld, programOf } from '../../helpers/agent/installWorld';
import { playPowershell } from '../../helpers/agent/powershell/playedPowershell';

describe('an agent installed over another one', () => {
  let world: Awaited<ReturnType<typeof installWorld>>;
  beforeEach(async () => {
    world = await installWorld();
  });
  afterEach(() => world.close());

  test('install tells an administrator that PowerShell is restricted', async () => {
    const { powershell, remove } = playPowershell({ when: 'IsInRole', recording: 'constrainedLanguage' });
    const isAdministrator = () => isWindowsAdministrator(powershell);
    expect(await world.install({ platform: { ...world.deps.platform, isAdministrator } })).toBe(21);
    expect(world.complaints.join()).toContain('Is PowerShell restricted');
    remove();
  });

  test('a failed install over a running agent leaves that agent alone', async () => {
    await world.install();
    world.done.length = 0;
    world.bot.refusing = 'tryLater';
    expect(await world.install()).toBe(10);
    world.bot.refusing = undefined;
    for (const broken of ['process.exit(1)', "console.log('something else')"]) {
      world.program(broken);
      expect(await world.install()).toBe(21);
    }
    expect(world.done).toEqual([]);
    expect(readFileSync(world.installed, 'utf8')).toContain('0.1.0');
    expect(readdirSync(join(world.folder, 'program'))).toEqual(['keyturn-agent.js']);
  });

  test.each(['install', 'repair'])(
    '%s replaces a later program with an older one only when the administrator says so',
    async (name) => {
      world.program(programOf('0.10.0'));
      await world.install();
      world.done.length = 0;
      const settings = readFileSync(world.config, 'utf8');
      world.program(programOf('0.9.0'));
      const again = (...more: string[]) =>
        world.command(
          [name, '--server', world.bot.url, '--account', 'KEYTURN\\other', ...more],
          INSTALL_SECRETS,
        );
      expect(await again()).toBe(32);
      expect(world.complaints.at(-1)).toBe(
        'This program is 0.9.0, here is 0.10.0; add --allow-older if that is wanted. Nothing was changed.',
      );
      expect(world.done).toEqual([]);
      expect(readFileSync(world.config, 'utf8')).toBe(settings);
      expect(readdirSync(join(world.folder, 'program'))).toEqual(['keyturn-agent.js']);
      expect(await again('--allow-older')).toBe(0);
      expect(readFileSync(world.installed, 'utf8')).toContain('0.9.0');
    },
  );

  test('an agent that does not run is stopped, too, so that none starts meanwhile', async () => {
    await world.install();
    await world.task.stop();
    world.done.length = 0;
    world.program(programOf('0.2.0'));
    expect(await world.install()).toBe(0);
    expect(world.done).toEqual(['stop', 'register', 'start']);
    expect(readFileSync(world.installed, 'utf8')).toContain('0.2.0');
  });

  test('an agent that ran runs again when its task could not be registered', async () => {
    await world.install();
    world.task.register = () =>
      Promise.reject(new PlatformFault('task', 'Windows does not know that account.'));
    expect(await world.install()).toBe(22);
    expect(await world.task.state()).toBe('running');
  });

  test('install reports an agent that does not stay up, with the machine’s reason', async () => {
    world.task.dies = () => true;
    expect(await world.install()).toBe(22);
    expect(world.output.join()).not.toContain('The agent runs');
    expect(world.complaints.join()).toMatch(/it stops again\. It ended with code 3\. Its log is in .*logs/);
  });

  test('a key that does not open is forgotten, and the machine enrols anew with a token', async () => {
    await world.install();
    writeFileSync(join(world.folder, 'data', 'secrets', 'identityKey'), 'spoilt');
    expect(await world.command(['repair'])).toBe(11);
    world.bot.publicKey = undefined;
    expect(await world.command(['repair'], INSTALL_SECRETS)).toBe(0);
    expect(await world.command(['doctor'])).toBe(0);
  });

  test('a foreign folder is neither taken over nor emptied', async () => {
    const etc = join(world.folder, 'etc');
    mkdirSync(join(etc, 'logs'), { recursive: true, mode: 0o755 });
    const config = ['--config', join(etc, 'keyturn.json')];
    const given = ['install', '--server', world.bot.url, ...config];
    expect(await world.bare(given, INSTALL_SECRETS)).toBe(3);
    expect(statSync(etc).mode & 0o777).toBe(0o755);
    writeFileSync(join(etc, 'keyturn.json'), '{"of": "somebody else"}');
    expect(await world.bare(['uninstall', ...config])).toBe(0);
    expect(readdirSync(etc).sort()).toEqual(['keyturn.json', 'logs']);
    expect(world.output.join()).toContain('was left as it is');
  });

  test('a running program that cannot be removed is moved beside its folder, on the same drive', async () => {
    await world.install();
    const refusals = [Object.assign(new TypeError('it runs'), { code: 'EBUSY' })];
    const remove = async (path: string) => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      rmSync(path, { recursive: true });
    };
    const away = await removeProgram(join(world.folder, 'program'), world.installed, remove);
    expect(away).toBe(join(world.folder, `keyturn-agent-removed-${process.pid}.js`));
    expect(readdirSync(world.folder).sort()).toEqual(['data', 'download', basename(away ?? '')]);
  });
});
