import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig } from '../../bot/settings/config';
import parameters from '../../infra/azure.parameters.json';

const root = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const bicep = read('infra/azure.bicep');
const toolkit = read('teamsapp.yml');
const known = { ...parseEnv(read('env/.env.dev')), ...parseEnv(read('env/.env.dev.user.example')) };

describe('the deployment', () => {
  it('finds every name that it refers to in env/, and no secret there', () => {
    const used = [toolkit, JSON.stringify(parameters), read('appPackage/manifest.json')];
    const names = used.flatMap((text) => all(text, /\$\{\{(\w+)\}\}/g));
    expect(names.filter((name) => !(name in known))).toEqual([]);
    expect(
      Object.keys(parseEnv(read('env/.env.dev'))).filter((name) => /SECRET|PASSWORD|URI/.test(name)),
    ).toEqual([]);
  });

  it('finds every file that it refers to', () => {
    const files = all(toolkit, /(?:manifestPath|path|parameters|ignoreFile): (\S+)/g);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('takes only packages whose content is fixed beforehand', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string; link?: boolean }>;
    };
    const unknown = Object.entries(packages).filter(
      ([name, { integrity, link }]) => name && !link && !integrity,
    );
    expect(unknown.map(([name]) => name)).toEqual([]);
  });

  it('includes the agent’s program where the bot looks for it, and nothing else of build/', () => {
    const rules = read('.webappignore').split('\n');
    expect(rules.filter((rule) => rule.includes('build'))).toEqual(['build/*', '!build/agent']);
    const [, before = ''] = /^deploy:\n([\s\S]*?)azureAppService\/zipDeploy/m.exec(toolkit) ?? [];
    expect(all(before, /^ +args: (.+)$/gm)).toEqual(['ci', 'run build', 'run agent:build']);
  });

  it('gives Azure exactly the parameters without a default, and takes back what the manifest needs', () => {
    const open = all(bicep, /^param (\w+) string$/gm);
    expect(Object.keys(parameters.parameters).sort()).toEqual(open.sort());
    expect(all(bicep, /^output (\w+) /gm).filter((name) => !(name in known))).toEqual([]);
  });

  it('sets the process’s variables so that it starts', () => {
    const block = /name: 'appsettings'[\s\S]*?properties: \{([\s\S]*?)\n {2}\}/.exec(bicep)?.[1] ?? '';
    const guid = '33333333-3333-4333-8333-333333333333';
    const stands: Record<string, string> = {
      PUBLIC_URL: 'https://keyturn.azurewebsites.net',
      MONGODB_URI: 'mongodb://db.example.com/',
      BOT_APP_TYPE: /BOT_APP_TYPE: '(\w+)'/.exec(block)?.[1] ?? '',
    };
    const env = Object.fromEntries(
      all(block, /^ +([A-Z_]+): /gm).map((name) => [name, stands[name] ?? guid]),
    );
    expect(readConfig(env)).toMatchObject({
      agentFolder: './build/agent',
      storage: { kind: 'mongodb' },
      channel: { kind: 'botFramework', appId: guid, credential: { kind: 'managedIdentity' } },
      graph: { appId: guid, credential: { kind: 'managedIdentity', clientId: guid } },
    });
  });

  it('shows no password on a command line, nor in docker’s description of a container', () => {
    const compose = read('compose.yaml');
    const run = compose.split('\n').filter((line) => !line.trim().startsWith('#'));
    expect(
      run.filter((line) => /--password|-p |PASSWORD(?!_FILE)\W*[:$]|\$\$?\{?MONGO_\w*PASSWORD/.test(line)),
    ).toEqual([]);
    expect(all(compose, /secret\("(\w+)"\)/g).sort()).toEqual(['mongoBotPassword', 'mongoRootPassword']);
    expect(compose).toMatch(/mongoRootPassword:\n {4}environment: MONGO_ROOT_PASSWORD\n/);
    expect(compose).toMatch(/mongoBotPassword:\n {4}environment: MONGO_BOT_PASSWORD\n/);
  });
});
