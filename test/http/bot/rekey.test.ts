import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../../bot/logging/log';
import { readConfig } from '../../../bot/settings/config';
import { createVault } from '../../../bot/vault';
import { wire } from '../../../bot/wire';
import { integrationContext } from '../../../domain/integrations/storedKeys';
import { openStorage } from '../../../storage/openStorage';
import { silent } from '../../helpers/store/storageWorlds';
import { samples } from '../../helpers/store/storeSamples';
import { masterKey } from '../../helpers/vendors/integrationsWorld';

const clock = { now: () => Date.now() };
const root = join(__dirname, '../../..');
const [old, fresh] = [masterKey('old', 1), masterKey('new', 2)];
const setting = (...keys: (typeof old)[]) =>
  keys.map(({ kid, key }) => `${kid}:${Buffer.from(key).toString('base64')}`).join(',');

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-rekey-'));
  await withStores(async (stores) => {
    for (const n of [1, 2]) {
      const key = await createVault([old]).seal(`secret ${n}`, integrationContext(`i${n}`));
      await stores.integrations.insert(`i${n}`, { ...samples.integrations.make(n), key });
    }
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

type Opened = Awaited<ReturnType<typeof openStorage>>['stores'];

async function withStores<T>(work: (stores: Opened) => Promise<T>): Promise<T> {
  const storage = await openStorage({ kind: 'sqlite', folder }, { log: silent, clock });
  try {
    return await work(storage.stores);
  } finally {
    await storage.close();
  }
}

const guid = '00000000-0000-4000-8000-000000000001';
const settingsWith = (MASTER_KEYS: string) => ({
  TEAMS_TENANT_ID: guid,
  FIRST_ADMINS: guid,
  GRAPH_APP_ID: guid,
  GRAPH_APP_SECRET: 'not-used-here',
  PUBLIC_URL: 'http://127.0.0.1:1',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'silent',
  BOT_CHANNEL: 'local-playground',
  DATA_DIR: folder,
  MASTER_KEYS,
});

/** The command as a process of its own, with these settings alone. */
function rekey(masterKeys: string): Promise<{ code: number; text: string }> {
  const env = { PATH: process.env.PATH, ...settingsWith(masterKeys) };
  const args = ['-r', join(root, 'test/helpers/process/tsRequire.cjs'), join(root, 'bot/rekey.ts')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}

test('npm run rekey seals every stored key again, says how many, and may be repeated', async () => {
  const both = setting(fresh, old);
  const first = await rekey(both);
  expect(first).toEqual({
    code: 0,
    text: '2 of 2 stored API keys re-wrapped with “new”; 0 had it already.\n',
  });
  expect((await rekey(both)).text).toMatch(/^0 of 2 .* 2 had it already\.$/m);
  const found = await withStores((stores) => stores.integrations.get('i2'));
  if (!found) throw new TypeError('gone');
  expect(await createVault([fresh]).open(found.value.key, integrationContext('i2'))).toBe('secret 2');
});

const NEEDED = /master key “old”, which is not in MASTER_KEYS/;

test.each([
  [setting(fresh), NEEDED],
  ['', /MASTER_KEYS is missing/],
])(
  'npm run rekey refuses to work without a needed key: %#',
  async (keys, sentence) => {
    const { code, text } = await rekey(keys);
    expect(text).toMatch(sentence);
    expect(text).not.toMatch(/secret \d|at \w+ \(|AgICAg/);
    expect(code).toBe(1);
  },
  120_000,
);

test.each([[setting(fresh)], ['']])(
  'the bot does not start without the key, and closes its store: %#',
  async (keys) => {
    const started = wire(readConfig(settingsWith(keys)), createLog({ level: 'silent' }));
    await expect(started).rejects.toMatchObject({
      code: 'settings',
      sentence: expect.stringMatching(NEEDED),
    });
    expect(await withStores((stores) => stores.integrations.count())).toBe(2);
  },
);
