import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../sandbox/children';
import { untilAnswers } from '../../../sandbox/untilAnswers';
import { noLongerReached, reached } from '../../helpers/process/reached';

describe('a part of the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-children-'));
  const logFile = join(folder, 'log');
  const start = (script: string, env: Record<string, string> = {}) =>
    startChild({ name: 'The part', args: ['-e', script], cwd: folder, env, logFile });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('that ends by itself is reported with the reason in its log, not with one of an earlier run', async () => {
    writeFileSync(logFile, '{"msg":"an earlier reason"}\n');
    const child = start(
      'console.log(JSON.stringify({msg:"cannot go on",err:{message:"no disk"}})); process.exit(3)',
    );
    expect(await child.ended).toContain(
      'The part ended (exit code 3). Its last words: cannot go on: no disk',
    );
    expect(await start('throw new TypeError("what a pity")').ended).toContain('TypeError: what a pity');
    expect(await start('process.kill(process.pid, "SIGKILL")').ended).toContain('(SIGKILL). It said nothing');
  });

  it('ends when it is asked to, with its children, and at once when it does not listen', async () => {
    const deaf = `process.on('SIGTERM', () => {}); const s = require('node:net').createServer().listen(0, '127.0.0.1', () =>
      require('node:fs').writeFileSync('port', String(s.address().port)))`;
    const child = start(
      `require('node:child_process').spawn(process.execPath, ['-e', process.env.DEAF]);
      process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`,
      { DEAF: deaf },
    );
    const port = await portIn(join(folder, 'port'));
    await child.stop(100);
    expect(await child.ended).toBeUndefined();
    // A killed process holds its port a moment longer. A process that lives on can be reached until the test
    // times out.
    await noLongerReached(port);
    await expect(reached(port)).resolves.toBe(false);
  });

  it('gets no more of the environment than it needs', async () => {
    process.env.MONGODB_URI = 'mongodb://of-somebody-else';
    const child = start('throw new Error(Object.keys(process.env).sort().join())', { PORT: '1' });
    delete process.env.MONGODB_URI;
    expect(await child.ended).not.toContain('MONGODB_URI');
  });

  it('is waited for until it answers well, but not after it has ended', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.statusCode = asked < 3 ? 503 : 200;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const child = start('setInterval(() => {}, 1000)');
    await untilAnswers(url, child);
    expect(asked).toBe(3);
    server.close();
    await expect(untilAnswers(url, start('process.exit(1)'))).rejects.toThrow('The part ended (exit code 1)');
    await expect(untilAnswers(url, child, 0)).rejects.toThrow('did not answer');
    await child.stop();
  });
});

async function portIn(file: string): Promise<number> {
  while (!existsSync(file)) await new Promise(setImmediate);
  return Number((await import('node:fs')).readFileSync(file, 'utf8')) || portIn(file);
}
