import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../sandbox/projectRoot';

interface Demo {
  process: ChildProcess;
  /** Resolves with the first match in the output, now or later. Rejects when the process ends without one. */
  says(words: RegExp): Promise<RegExpExecArray>;
  exit: Promise<number | null>;
}

function demo(...flags: string[]): Demo {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist/sandbox/demo.js'), ...flags]);
  let said = '';
  const exit = once(child, 'close').then(([code]) => code as number | null);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
      child.emit('said');
    });
  }
  const says = (words: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = words.exec(said);
        if (found) resolve(found);
      };
      child.on('said', look);
      void exit.then(() => reject(new Error(`the demo ended, having said: ${said}`)));
      look();
    });
  return { process: child, says, exit };
}

const reached = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => resolve(socket.destroy() && true));
    socket.once('error', () => resolve(false));
  });

async function untilGone(url: string): Promise<void> {
  while (await reached(url)) await new Promise(setImmediate);
}

describe('npm run demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-demo-'));
  const address = /^ +(http:\/\/127\.0\.0\.1:\d+)$/m;
  const data = ['--folder', join(folder, 'demo')];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the address to open, refuses a second demo on the same data, stops everything on Ctrl+C and keeps the data', async () => {
    const first = demo(...data);
    const url = (await first.says(address))[1] ?? '';
    await first.says(/add customer/);
    await first.says(/stand-ins .*\n.*the bot .*\n.*Playground.*\n.*Fabrikam’s servers/);
    expect(await (await fetch(url)).text()).toContain('<html');
    const second = demo(...data);
    await second.says(/already running with the data in/);
    expect(await second.exit).toBe(1);
    first.process.kill('SIGINT');
    expect(await first.exit).toBe(0);
    expect(await reached(url)).toBe(false);
    expect(existsSync(join(folder, 'demo', 'demo.pid'))).toBe(false);
    expect(readdirSync(join(folder, 'demo'))).toEqual(
      expect.arrayContaining(['bot', 'bot.log', 'certificate']),
    );
    expect(statSync(join(folder, 'demo')).mode & 0o077).toBe(0);
  });

  it('says which part ended and why, and stops the rest', async () => {
    const broken = demo(...data);
    const url = (await broken.says(address))[1] ?? '';
    process.kill(childOf(broken.process, 'dist/keyturn/index.js'), 'SIGKILL');
    await broken.says(/The bot ended \(SIGKILL\)/);
    expect(await broken.exit).toBe(1);
    expect(await reached(url)).toBe(false);
  });

  it('leaves nothing running even when it is killed', async () => {
    const killed = demo(...data, '--fresh');
    const url = (await killed.says(address))[1] ?? '';
    const bot = childOf(killed.process, 'dist/keyturn/index.js');
    killed.process.kill('SIGKILL');
    await untilGone(url);
    while (commandOf(bot)) await new Promise(setImmediate);
  });

  it('explains its flags when they are wrong', async () => {
    const wrong = demo('--prot', '1');
    await wrong.says(/npm run demo -- \[--fresh\]/);
    expect(await wrong.exit).toBe(1);
    await demo(...data, '--port', '99999').says(/--port wants a number/);
  });
});

const commandOf = (pid: number): string =>
  existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';

/**
 * The process id of the child that runs `program`. Without one it is NaN, which cannot be killed by mistake.
 */
function childOf({ pid }: ChildProcess, program: string): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((child) => commandOf(child).includes(program)) ?? Number.NaN;
}
