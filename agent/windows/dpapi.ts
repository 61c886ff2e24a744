import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makePrivateFolder, readIfThere, replaceFile } from '../files';
import { PlatformFault, type SecretKeeper, type SecretName, SecretUnreadable } from '../ports';
import type { Powershell } from '../powershell/powershell';
import { PowershellFault } from '../powershell/powershellFault';

/** The name goes into the seal, so a secret's file does not open in place of another one's. */
const dpapi = (verb: 'Protect' | 'Unprotect') => `
Add-Type -AssemblyName System.Security
$name = [Text.Encoding]::UTF8.GetBytes('keyturn-agent/' + $in.name)
[Convert]::ToBase64String([Security.Cryptography.ProtectedData]::${verb}([Convert]::FromBase64String($in.data), $name, 'LocalMachine'))`;
const PROTECT = dpapi('Protect');
const UNPROTECT = dpapi('Unprotect');

const base64 = z.string().regex(/^[A-Za-z\d+/]*={0,2}$/);

/**
 * Secrets that DPAPI seals for this machine, in a folder that only the agent's account and administrators
 * can enter. The seal protects them from people who get a copy of these files alone; the folder's access
 * list protects them from the machine's other accounts. A person with a copy of the whole disk also has the
 * machine's keys and can open them. Throws PlatformFault 'files'.
 */
export function createDpapiSecrets(powershell: Powershell, folder: string): SecretKeeper {
  const fileOf = (name: SecretName) => join(folder, `${name}.dpapi`);
  const convert = async (script: string, name: SecretName, data: Uint8Array) => {
    const input = { name, data: Buffer.from(data).toString('base64') };
    return Buffer.from(await powershell.run({ script, input, answer: base64, timeoutMs: 60_000 }), 'base64');
  };
  return {
    async read(name) {
      const sealed = await readIfThere(fileOf(name));
      return sealed && convert(UNPROTECT, name, sealed).catch(cannotOpen(fileOf(name)));
    },
    async write(name, secret) {
      const sealed = await convert(PROTECT, name, secret).catch(cannotSeal(name));
      await makePrivateFolder(folder);
      await replaceFile(fileOf(name), sealed);
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  };
}

/**
 * Only .NET's own exception says that another machine made the seal. Every other fault may pass, for
 * example a slow start of PowerShell.
 */
const cannotOpen = (path: string) => (cause: unknown) => {
  if (cause instanceof PowershellFault && cause.code === 'CryptographicException') {
    const sentence = `${path} cannot be opened on this machine; was it copied or restored from another one? Run "keyturn-agent repair" with a new install token.`;
    throw new SecretUnreadable(sentence, { cause });
  }
  const sentence = `Windows did not say whether ${path} can be opened. Is PowerShell restricted on this server?`;
  throw new PlatformFault('files', sentence, { cause });
};
const cannotSeal = (name: string) => (cause: unknown) => {
  const sentence = `Windows could not seal a secret of the agent (${name}). Is PowerShell restricted on this server?`;
  throw new PlatformFault('files', sentence, { cause });
};
