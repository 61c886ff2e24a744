import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dependencies } from '../../../package.json';

const root = join(__dirname, '../../..');
const built = join(root, 'dist/keyturn');
const source = (path: string) => readFileSync(join(root, path), 'utf8').split('\n');

const node = (args: string[], cwd = root) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });

describe('the built bot', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-bundle-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has stack traces that point to the sources', () => {
    mkdirSync(join(folder, '.env'));
    const { status, stderr } = node([join(built, 'index.js')], folder);
    const line = source('bot/main.ts').findIndex((text) => text.includes('process.loadEnvFile()')) + 1;
    expect(stderr).toContain('Keyturn could not start');
    expect(stderr).toContain(`bot/main.ts:${line}:`);
    expect(status).toBe(1);
  });

  it('prints only the faults of its settings at a start', () => {
    const { status, stderr } = node([join(built, 'index.js')], folder);
    expect(stderr).toMatch(/FIRST_ADMINS/);
    expect(stderr).not.toMatch(/Warning|\.js:\d/);
    expect(status).toBe(1);
  });

  it('leaves out only installed dependencies, or packages that may be missing', () => {
    const text = readFileSync(join(built, 'main.js'), 'utf8');
    const names = [...text.matchAll(/\b(?:require|import)\("([^"./][^"]*)"\)/g)].map(([, name = '']) => name);
    const outside = [...new Set(names)].filter((name) => !builtin(name) && !(name in dependencies));
    const mayBeMissing = ['bufferutil', 'dtrace-provider', 'encoding', 'utf-8-validate'];
    const ofDialogs = ['choice', 'date-time', 'number'].map((part) => `@microsoft/recognizers-text-${part}`);
    expect(outside.sort()).toEqual([...ofDialogs, ...mayBeMissing]);
    const { resolve } = createRequire(join(built, 'main.js'));
    expect(ofDialogs.filter((name) => !resolve(name))).toEqual([]);
  });

  it('still understands numbers in words, and loads the packages for that only then', () => {
    const prompt = 'test/helpers/agent/spokenNumber.cjs';
    const out = join(root, 'dist/test');
    expect(node(['scripts/bundle.mjs', prompt, '--out', out]).stderr).toBe('');
    const plain = JSON.parse(node([prompt]).stdout);
    const bundled = JSON.parse(node([join(out, 'spokenNumber.js')]).stdout);
    expect(plain).toMatchObject({ value: 21, atOnce: true, inTheEnd: true });
    expect(bundled).toEqual({ ...plain, atOnce: false });
  });
});

const builtin = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
