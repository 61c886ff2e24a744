import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describeWith } from '../helpers/process/parts';
import { noLongerReached, reached } from '../helpers/process/reached';
import { ownMongo } from '../helpers/store/mongoServer';

const helper = (name: string) => join(__dirname, '../helpers', name);
const OPENS = 'require(process.argv[1]).ownMongo().open().then(({ uri }) => console.log(uri))';

describeWith(ownMongo(), 'a MongoDB server of the tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-mongo-server-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  test('ends when the process that started it is killed', async () => {
    const args = ['-r', helper('process/tsRequire.cjs'), '-e', OPENS, helper('store/mongoServer.ts')];
    const env = { ...process.env, TMPDIR: folder };
    const starter: ChildProcess = spawn(process.execPath, args, {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!starter.stdout) throw new TypeError('the starter has no stdout');
    const [uri] = await once(createInterface({ input: starter.stdout }), 'line');
    const port = Number(new URL(uri).port);
    expect(await reached(port)).toBe(true);
    starter.kill('SIGKILL');
    // A server that lives on holds the connection until the test times out.
    await expect(noLongerReached(port)).resolves.toBeUndefined();
  });
});
