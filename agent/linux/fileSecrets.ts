import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, readIfThere, replaceFile } from '../files';
import type { SecretKeeper, SecretName } from '../ports';

/** Keeps each secret in a file that only its owner can read, in a folder that only its owner can enter. */
export function createFileSecrets(dataFolder: string): SecretKeeper {
  const folder = join(dataFolder, 'secrets');
  const fileOf = (name: SecretName) => join(folder, name);
  return {
    read: (name) => readIfThere(fileOf(name)),
    async write(name, secret) {
      await makePrivateFolder(folder);
      await replaceFile(fileOf(name), secret);
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  };
}
