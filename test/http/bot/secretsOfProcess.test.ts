import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../sandbox/children';
import { freePort } from '../../../sandbox/ports';
import { projectRoot } from '../../../sandbox/projectRoot';
import { untilAnswers } from '../../../sandbox/untilAnswers';
import { SETTINGS } from '../../helpers/bot/agentToCardWorld';

const KEY = Buffer.alloc(32, 7).toString('base64');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the built bot, stops it, and resolves to the names in its environment at its end. */
async function namesAtExit(secrets: Record<string, string>): Promise<string[]> {
  const port = (await freePort(0)) ?? 0;
  const { GRAPH_APP_SECRET: _, ...settings } = SETTINGS;
  const env = {
    ...settings,
    PORT: String(port),
    PUBLIC_URL: 'http://localhost',
    DATA_DIR: folder,
    ...secrets,
  };
  const hook = join(projectRoot(), 'test/helpers/agent/environmentAtExit.cjs');
  const args = ['--require', hook, join(projectRoot(), 'dist/keyturn/index.js')];
  const bot = startChild({ name: 'The bot', args, cwd: folder, env, logFile: join(folder, 'bot.log') });
  await untilAnswers(`http://127.0.0.1:${port}/readyz`, bot);
  await bot.stop();
  expect(existsSync(join(folder, 'environment.json'))).toBe(true);
  return JSON.parse(readFileSync(join(folder, 'environment.json'), 'utf8'));
}

test('a running bot has no secret in its environment, even when the environment or a .env gave it', async () => {
  writeFileSync(join(folder, '.env'), `MASTER_KEYS=one:${KEY}\n`);
  const names = await namesAtExit({ GRAPH_APP_SECRET: 's3cret' });
  expect(names).toContain('GRAPH_APP_ID');
  expect(names.filter((name) => /SECRET|MASTER_KEYS|PASSWORD|URI/.test(name))).toEqual([]);
});

test('a bot starts with its secrets in files', async () => {
  writeFileSync(join(folder, 'keys'), `one:${KEY}\n`);
  writeFileSync(join(folder, 'secret'), 's3cret\n');
  const names = await namesAtExit({
    MASTER_KEYS_FILE: join(folder, 'keys'),
    GRAPH_APP_SECRET_FILE: join(folder, 'secret'),
  });
  expect(names).toContain('MASTER_KEYS_FILE');
  expect(readFileSync(join(folder, 'bot.log'), 'utf8')).not.toContain(KEY);
});
