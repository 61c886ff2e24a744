import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masterKeys } from '../../../bot/settings/masterKeys';
import { masterKeysIn } from '../../../sandbox/masterKeys';

it('makes one master key that the product accepts, readable by its owner alone, and keeps it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-master-'));
  const file = join(folder, 'master-keys');
  const setting = masterKeysIn(file);
  expect(masterKeys.parse(setting)).toEqual([{ kid: 'demo', key: expect.any(Uint8Array) }]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(masterKeysIn(file)).toBe(setting);
  rmSync(folder, { recursive: true });
});
