import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFault, readConfig } from '../../bot/settings/config';
import { variables } from '../../bot/settings/configVariables';

const guid = (digit: string) => `00000000-0000-4000-8000-00000000000${digit}`;
const sound = {
  TEAMS_TENANT_ID: guid('A'),
  FIRST_ADMINS: `${guid('1')}, ${guid('2')}`,
  PUBLIC_URL: 'https://keyturn.example.com/',
  BOT_APP_ID: guid('b'),
  BOT_APP_PASSWORD: 'bot secret',
  GRAPH_APP_ID: guid('c'),
  GRAPH_APP_SECRET: 'graph secret',
};
type Env = Record<string, string | undefined>;

function faultsOf(env: Env): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults.map(({ name }) => name);
    throw error;
  }
}

describe('a sound environment', () => {
  it('gives the whole configuration', () => {
    expect(readConfig(sound)).toEqual({
      tenantId: guid('a'),
      firstAdmins: [guid('1'), guid('2')],
      publicUrl: 'https://keyturn.example.com',
      host: '0.0.0.0',
      port: 3978,
      logLevel: 'info',
      agentFolder: './build/agent',
      storage: { kind: 'sqlite', folder: './data' },
      channel: {
        kind: 'botFramework',
        appId: guid('b'),
        tenantId: guid('a'),
        credential: { kind: 'secret', secret: 'bot secret' },
        cloud: 'public',
        metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        issuer: 'https://api.botframework.com',
      },
      graph: {
        appId: guid('c'),
        credential: { kind: 'secret', secret: 'graph secret' },
        loginUrl: 'https://login.microsoftonline.com',
        graphUrl: 'https://graph.microsoft.com',
      },
      integrations: {
        masterKeys: [],
        itGlueUrls: {
          us: 'https://api.itglue.com',
          eu: 'https://api.eu.itglue.com',
          au: 'https://api.au.itglue.com',
        },
        huduPrivateHosts: false,
      },
    });
  });

  it('takes what a proxy needs', () => {
    const proxy = { ALLOWED_HOSTS: 'Keyturn.internal:3978, 10.0.0.4', TRUSTED_PROXIES: '10.0.0.0/8, ::1' };
    expect(readConfig({ ...sound, ...proxy })).toMatchObject({
      allowedHosts: ['keyturn.internal', '10.0.0.4'],
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
  });

  it('takes MongoDB when the environment has its URI', () => {
    const MONGODB_URI = 'mongodb://u:p@db.example.com/?replicaSet=rs0';
    expect(readConfig({ ...sound, MONGODB_URI }).storage).toEqual({
      kind: 'mongodb',
      uri: MONGODB_URI,
      database: 'keyturn',
    });
  });

  it('takes certificates, managed identities and the government cloud', () => {
    const certificates = {
      BOT_APP_PASSWORD: '',
      BOT_APP_CERTIFICATE_FILE: 'b.crt',
      BOT_APP_CERTIFICATE_KEY_FILE: 'b.key',
      GRAPH_APP_SECRET: ' ',
      GRAPH_APP_CERTIFICATE_FILE: 'g.crt',
      GRAPH_APP_CERTIFICATE_KEY_FILE: 'g.key',
    };
    const first = readConfig({ ...sound, ...certificates, BOT_CLOUD: 'USGov' });
    expect(first.channel).toMatchObject({
      credential: { kind: 'certificate', certificateFile: 'b.crt', keyFile: 'b.key' },
      cloud: 'government',
      issuer: 'https://api.botframework.us',
    });
    expect(first.graph.credential).toEqual({
      kind: 'certificate',
      certificateFile: 'g.crt',
      keyFile: 'g.key',
    });
    const identities = {
      BOT_APP_PASSWORD: '',
      BOT_APP_TYPE: 'UserAssignedMSI',
      GRAPH_APP_SECRET: '',
      GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID: guid('d'),
    };
    const second = readConfig({ ...sound, ...identities });
    expect(second.channel).toMatchObject({ credential: { kind: 'managedIdentity' } });
    expect(second.graph.credential).toEqual({ kind: 'managedIdentity', clientId: guid('d') });
  });

  it('opens the playground on this machine without bot credentials', () => {
    const local = {
      ...sound,
      BOT_APP_ID: '',
      BOT_APP_PASSWORD: '',
      BOT_CHANNEL: 'local-playground',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://localhost:3978',
    };
    expect(readConfig(local)).toMatchObject({
      channel: { kind: 'localPlayground' },
      publicUrl: 'http://localhost:3978',
    });
  });
});

describe('a faulty environment', () => {
  it('reports all faults at once', () => {
    expect(faultsOf({})).toEqual([
      'TEAMS_TENANT_ID',
      'FIRST_ADMINS',
      'PUBLIC_URL',
      'GRAPH_APP_ID',
      'BOT_APP_ID',
      'BOT_APP_PASSWORD',
      'GRAPH_APP_SECRET',
    ]);
  });

  it('never shows a value', () => {
    const wrong = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, 'VALUE<>s3cret']));
    expect.assertions(3);
    try {
      readConfig(wrong);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigFault);
      expect(JSON.stringify((error as ConfigFault).faults).concat(String(error))).not.toContain('s3cret');
      expect((error as ConfigFault).faults.length).toBeGreaterThan(15);
    }
  });

  const cases: [string, Env, string[]][] = [
    ['an administrator that is no GUID', { FIRST_ADMINS: `${guid('1')},anna@example.com` }, ['FIRST_ADMINS']],
    ['an administrator list of commas', { FIRST_ADMINS: ',' }, ['FIRST_ADMINS']],
    ['a public URL over http', { PUBLIC_URL: 'http://keyturn.example.com' }, ['PUBLIC_URL']],
    ['a public URL with a path', { PUBLIC_URL: 'https://keyturn.example.com/bot' }, ['PUBLIC_URL']],
    ['a public URL with a user', { PUBLIC_URL: 'https://u:p@keyturn.example.com' }, ['PUBLIC_URL']],
    ['a proxy that is no address', { TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, ['TRUSTED_PROXIES']],
    ['a network that is too long', { TRUSTED_PROXIES: '10.0.0.0/33' }, ['TRUSTED_PROXIES']],
    ['a host with a path', { ALLOWED_HOSTS: 'keyturn.internal/bot' }, ['ALLOWED_HOSTS']],
    ['a port too high', { PORT: '65536' }, ['PORT']],
    ['a port that is no number', { PORT: '0x10' }, ['PORT']],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    ['a database that is no MongoDB', { MONGODB_URI: 'postgres://db' }, ['MONGODB_URI']],
    ['a sign-in over http', { MICROSOFT_LOGIN_URL: 'http://127.0.0.1:1' }, ['MICROSOFT_LOGIN_URL']],
    ['a Graph over http', { GRAPH_URL: 'http://127.0.0.1:1' }, ['GRAPH_URL']],
    [
      'bot metadata over http',
      { BOT_OPENID_METADATA_URL: 'http://example.com' },
      ['BOT_OPENID_METADATA_URL'],
    ],
    ['an unknown channel', { BOT_CHANNEL: 'open' }, ['BOT_CHANNEL']],
    [
      'two bot credentials',
      { BOT_APP_CERTIFICATE_FILE: 'a', BOT_APP_CERTIFICATE_KEY_FILE: 'b' },
      ['BOT_APP_PASSWORD', 'BOT_APP_CERTIFICATE_FILE', 'BOT_APP_CERTIFICATE_KEY_FILE'],
    ],
    [
      'half a bot certificate',
      { BOT_APP_PASSWORD: '', BOT_APP_CERTIFICATE_FILE: 'a' },
      ['BOT_APP_CERTIFICATE_KEY_FILE'],
    ],
    ['a secret beside a managed identity', { BOT_APP_TYPE: 'UserAssignedMSI' }, ['BOT_APP_PASSWORD']],
    ['no Graph credential', { GRAPH_APP_SECRET: '' }, ['GRAPH_APP_SECRET']],
    [
      'two Graph credentials',
      { GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID: guid('d') },
      ['GRAPH_APP_SECRET', 'GRAPH_APP_MANAGED_IDENTITY_CLIENT_ID'],
    ],
    [
      'half a Graph certificate',
      { GRAPH_APP_SECRET: '', GRAPH_APP_CERTIFICATE_KEY_FILE: 'k' },
      ['GRAPH_APP_CERTIFICATE_FILE'],
    ],
    ['a playground open to others', { BOT_CHANNEL: 'local-playground' }, ['HOST', 'PUBLIC_URL']],
    [
      'a playground behind a public name',
      { BOT_CHANNEL: 'local-playground', HOST: '127.0.0.1' },
      ['PUBLIC_URL'],
    ],
    [
      'a playground on a name like ours',
      { BOT_CHANNEL: 'local-playground', HOST: '127.0.0.1.example.com', PUBLIC_URL: 'http://127.0.0.1' },
      ['HOST'],
    ],
  ];

  it.each(cases)('%s', (_name, change, faults) => {
    expect(faultsOf({ ...sound, ...change })).toEqual(faults);
  });
});

it('.env.example names exactly the variables that exist', () => {
  const lines = readFileSync(join(__dirname, '../../.env.example'), 'utf8').split('\n');
  const named = lines.flatMap((line) => /^(?:# )?([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual(Object.keys(variables.shape).sort());
});
