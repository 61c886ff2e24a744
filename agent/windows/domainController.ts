import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { DomainController } from '../ports';
import type { Powershell } from '../powershell/powershell';
import type { Timing } from '../timing';
import { accountPassword } from './accountPassword';
import { ensureLdapsCertificate } from './certificate';
import { directoryAccountOf, setDirectoryAccount } from './directoryAccount';
import { notSaid } from './machine';

/** Servers with role 4 or 5 are domain controllers. */
const NAME = `
$computer = Get-CimInstance -ClassName Win32_ComputerSystem
if ($computer.DomainRole -ge 4) { ($computer.DNSHostName + '.' + $computer.Domain).ToLowerInvariant() }`;

const fullName = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
  .nullish();

/** Undefined: this server is no domain controller. Throws PlatformFault. */
export async function windowsDomainController(
  powershell: Powershell,
  timing: Timing,
): Promise<DomainController | undefined> {
  const name = await powershell
    .run({ script: NAME, answer: fullName, timeoutMs: 60_000 })
    .catch(notSaid('whether it is a domain controller'));
  if (!name) return undefined;
  return {
    name,
    account: directoryAccountOf(name),
    ensureCertificate: () => ensureLdapsCertificate(name, powershell, timing),
    async setAccount() {
      const password = accountPassword((below) => randomInt(below));
      return { password, ...(await setDirectoryAccount(name, password, powershell)) };
    },
  };
}
