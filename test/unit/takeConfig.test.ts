import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFault } from '../../bot/settings/config';
import { takeConfig } from '../../bot/settings/takeConfig';

const guid = '00000000-0000-4000-8000-00000000000a';
const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');
const SECRETS = {
  BOT_APP_PASSWORD: 'bot s3cret',
  GRAPH_APP_SECRET: 'graph s3cret',
  MONGODB_URI: 'mongodb://keyturn:s3cret@127.0.0.1/',
  MASTER_KEYS: `one:${KEY}`,
};
const sound = {
  TEAMS_TENANT_ID: guid,
  FIRST_ADMINS: guid,
  PUBLIC_URL: 'https://keyturn.example.com',
  BOT_APP_ID: guid,
  GRAPH_APP_ID: guid,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const inFile = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
function faultsOf(env: Record<string, string | undefined>): string[] {
  try {
    takeConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    expect(error.message).not.toContain('s3cret');
    return error.faults.map(({ name, problem }) => `${name} ${problem}`);
  }
}

test('uses the secrets of the environment, and removes them from it', () => {
  const env: Record<string, string | undefined> = { ...sound, ...SECRETS };
  expect(takeConfig(env)).toMatchObject({
    channel: { credential: { secret: 'bot s3cret' } },
    graph: { credential: { secret: 'graph s3cret' } },
    storage: { uri: SECRETS.MONGODB_URI },
    integrations: { masterKeys: [{ kid: 'one' }] },
  });
  expect(env).toEqual(sound);
});

test('removes the secrets from the environment even when the process must not start', () => {
  const env: Record<string, string | undefined> = { ...sound, ...SECRETS, PORT: 'x' };
  expect(faultsOf(env)).toEqual(['PORT must be a number']);
  expect(env).toEqual({ ...sound, PORT: 'x' });
});

test('takes each secret from a file of its own, with one master key in each line', () => {
  const files = Object.entries({ ...SECRETS, MASTER_KEYS: `one:${KEY}\ntwo:${OTHER}\n` }).map(
    ([name, text]) => [`${name}_FILE`, inFile(name, `${text}\n`)],
  );
  expect(takeConfig({ ...sound, ...Object.fromEntries(files) })).toMatchObject({
    channel: { credential: { secret: 'bot s3cret' } },
    graph: { credential: { secret: 'graph s3cret' } },
    storage: { uri: SECRETS.MONGODB_URI },
    integrations: { masterKeys: [{ kid: 'one' }, { kid: 'two' }] },
  });
});

test('reports a file that is missing, empty or one too many with all other faults', () => {
  const env = {
    ...sound,
    ...SECRETS,
    PORT: 'x',
    MASTER_KEYS: '',
    MASTER_KEYS_FILE: join(folder, 'missing'),
    GRAPH_APP_SECRET: '',
    GRAPH_APP_SECRET_FILE: inFile('empty', ' \n'),
    BOT_APP_PASSWORD_FILE: inFile('second', 's3cret'),
  };
  expect(faultsOf(env)).toEqual([
    'MASTER_KEYS_FILE names a file that cannot be read (ENOENT)',
    'BOT_APP_PASSWORD_FILE is one too many: set BOT_APP_PASSWORD or BOT_APP_PASSWORD_FILE',
    'GRAPH_APP_SECRET_FILE names a file that is empty, or too large for a secret',
    'PORT must be a number',
  ]);
});
