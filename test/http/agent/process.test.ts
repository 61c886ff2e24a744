import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeBot, INSTALL_TOKEN } from '../../helpers/agent/fakeBot';

const root = join(__dirname, '../../..');

/** The agent as a process of its own, started as at a customer. */
function agent(args: string[], env: Record<string, string> = {}) {
  const program = ['-r', join(root, 'test/helpers/process/tsRequire.cjs'), join(root, 'agent/index.ts')];
  const child: ChildProcess = spawn(process.execPath, [...program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  return { child, ended };
}

describe('the agent’s program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-process-'));
  const config = ['--config', join(folder, 'settings.json')];
  let bot: FakeBot;
  beforeAll(async () => {
    bot = await new FakeBot().listen();
  });
  afterAll(async () => {
    await bot.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('enrols, runs, survives a kill, stops cleanly when asked, and leaves no secret unencrypted', async () => {
    const enrolment = agent([...config, 'enrol', '--server', bot.url], {
      KEYTURN_INSTALL_TOKEN: INSTALL_TOKEN,
    });
    expect(await enrolment.ended).toEqual({
      code: 0,
      said: expect.stringMatching(
        /^Enrolled as an agent of Contoso\.\nThe fingerprint of its key is [0-9a-f ]{39}\./,
      ),
    });

    const first = agent([...config, 'run']);
    await bot.until(() => bot.beats.length === 1);
    first.child.kill('SIGKILL');
    await first.ended;

    const second = agent([...config, 'run']);
    await bot.until(() => bot.beats.length === 2);
    expect(await agent([...config, 'run']).ended).toEqual({
      code: 23,
      said: `Another agent runs with ${folder}, so this one stopped.\n`,
    });
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual({ code: 0, said: '' });

    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      expect([name, statSync(join(folder, name)).mode & 0o77]).toEqual([name, 0]);
    const { d: privateKey } = JSON.parse(readFileSync(join(folder, 'secrets', 'identityKey'), 'utf8'));
    const open = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('secrets'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(open.join()).toContain('the agent has stopped');
    for (const secret of [INSTALL_TOKEN, privateKey, 'KeyturnAgent ey'])
      expect(open.join()).not.toContain(secret);
  });

  test('says what is wrong on standard error, with its code', async () => {
    const { code, said } = await agent(['--config', join(folder, 'none', 'settings.json'), 'run']).ended;
    expect(code).toBe(3);
    expect(said).toContain('there is no such file');
  });
});
