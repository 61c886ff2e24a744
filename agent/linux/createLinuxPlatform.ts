import { chmod, readFile } from 'node:fs/promises';
import { hostname, release, type } from 'node:os';
import { makePrivateFolder } from '../files';
import { type DeltaSyncs, type Platform, PlatformFault, type ProtectFolder } from '../ports';
import { createFileSecrets } from './fileSecrets';
import { holdOnLinux } from './hold';
import { createSystemdTask } from './systemdTask';

/**
 * A member server on Linux. It has no Microsoft Entra Connect and no security log, but it can read the
 * directory.
 */
export function createLinuxPlatform(): Platform {
  return {
    programFolder: '/opt/keyturn-agent',
    dataFolder: '/var/lib/keyturn-agent',
    isAdministrator: async () => process.getuid?.() === 0,
    machine: async () => ({ id: await machineId(), name: hostname(), os: `${type()} ${release()}` }),
    protect,
    secretsIn: createFileSecrets,
    hold: holdOnLinux,
    startUpTask: createSystemdTask(),
    domainController: async () => undefined,
    eventLog: { whoReset: async () => undefined, health: async () => ({ state: 'none' }) },
    connectHealth: async () => ({ state: 'notInstalled' }),
    openDeltaSyncs: () => noDeltaSyncs,
  };
}

const protect: ProtectFolder = async (path, account) => {
  if (account)
    throw new PlatformFault(
      'task',
      '--run-as names a managed account of Windows. On Linux the agent runs as root: leave the option out.',
    );
  await makePrivateFolder(path);
  await chmod(path, 0o700);
};

const noDeltaSyncs: DeltaSyncs = {
  ask: async () => ({
    outcome: 'noModule',
    finding: 'Microsoft Entra Connect does not run on Linux: install an agent on its server.',
  }),
  health: async () => ({ state: 'notInstalled' }),
  close: async () => undefined,
};

/**
 * Stays the same over restarts and new installations of the agent. Machines made from one template share
 * their machine-id, but not their name.
 */
async function machineId(): Promise<string> {
  const id = (await readFile('/etc/machine-id', 'utf8').catch(() => '')).trim();
  return `${id}|${hostname()}`;
}
