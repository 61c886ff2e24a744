import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../../../sandbox/demoFolder';

describe('the demo’s folder', () => {
  const outer = mkdtempSync(join(tmpdir(), 'keyturn-folder-'));
  const folder = join(outer, 'data/demo');
  const kept = join(folder, 'kept');
  afterAll(() => rmSync(outer, { recursive: true }));

  it('belongs to one demo at a time', () => {
    const release = claimFolder(folder, false);
    expect(() => claimFolder(folder, false)).toThrow(`process ${process.pid}`);
    expect(() => claimFolder(folder, true)).toThrow('already running');
    release();
    claimFolder(folder, false)();
  });

  it('keeps its content, unless a fresh one is wanted', () => {
    writeFileSync(kept, 'data');
    claimFolder(folder, false)();
    expect(existsSync(kept)).toBe(true);
    claimFolder(folder, true)();
    expect(existsSync(kept)).toBe(false);
  });

  it('is free again after the previous demo was killed', () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(join(folder, 'demo.pid'), String(gone));
    expect(() => claimFolder(folder, false)()).not.toThrow();
  });
});
