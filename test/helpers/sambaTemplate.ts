import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Part } from './parts';

export const SAMBA = '/usr/sbin/samba';
const SAMBA_TOOL = '/usr/bin/samba-tool';
const NEEDED = [SAMBA, SAMBA_TOOL, '/usr/bin/ldbmodify', '/usr/share/samba/setup/provision.ldif'];
const MISSING =
  'root and Samba with its domain controller - to get it: apt-get install --no-install-recommends samba samba-ad-provision ' +
  'samba-dsdb-modules samba-vfs-modules winbind ldb-tools python3-samba attr acl';

export const sambaPart: Part =
  process.getuid?.() === 0 && NEEDED.every((file) => existsSync(file)) ? {} : { missing: MISSING };

/** Of every domain that is provisioned here. */
export const ADMIN_PASSWORD = 'Test-Administrator-1';
export const LOCKOUT_AFTER = 3;
export const run = promisify(execFile);

/** A freshly provisioned domain, made once on this machine and copied from then on: a copy takes milliseconds. */
export async function sambaTemplate(): Promise<string> {
  const home = join(tmpdir(), `keyturn-samba-template-${process.getuid?.()}`);
  if (existsSync(home)) return home;
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-samba-'));
  await provision(folder);
  // Who comes second throws his own away.
  await rename(folder, home).catch(() => rm(folder, { recursive: true, force: true }));
  return home;
}

async function provision(folder: string): Promise<void> {
  const domain = ['--realm=CONTOSO.TEST', '--domain=CONTOSO', '--server-role=dc', '--dns-backend=NONE'];
  const own = ['--host-name=dc1', `--adminpass=${ADMIN_PASSWORD}`, `--targetdir=${folder}`];
  await run(SAMBA_TOOL, ['domain', 'provision', ...domain, ...own]);
  const config = await writeConfig(folder, '127.0.0.1');
  const rules = ['--min-pwd-age=0', '--history-length=0', `--account-lockout-threshold=${LOCKOUT_AFTER}`];
  await run(SAMBA_TOOL, ['domain', 'passwordsettings', 'set', ...rules, '-s', config]);
}

/** Everything within `folder`, LDAP alone, on one address. Samba's ports are fixed, so each server has an address of its own. */
export async function writeConfig(folder: string, host: string): Promise<string> {
  const file = join(folder, 'etc', 'smb.conf');
  await mkdir(join(folder, 'run'), { recursive: true });
  const lines = {
    'netbios name': 'DC1',
    realm: 'CONTOSO.TEST',
    workgroup: 'CONTOSO',
    'server role': 'active directory domain controller',
    'server services': 'ldap',
    interfaces: `${host}/8`,
    'bind interfaces only': 'yes',
    'private dir': join(folder, 'private'),
    'state directory': join(folder, 'state'),
    'cache directory': join(folder, 'cache'),
    'lock directory': folder,
    'binddns dir': join(folder, 'bind-dns'),
    'pid directory': join(folder, 'run'),
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'winbindd socket directory': join(folder, 'winbindd'),
    'ntp signd socket directory': join(folder, 'ntp'),
    'log file': join(folder, 'log.samba'),
    'tls enabled': 'yes',
    'tls certfile': join(folder, 'server.pem'),
    'tls keyfile': join(folder, 'server.key'),
    'tls cafile': join(folder, 'authority.pem'),
  };
  const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  await writeFile(file, ['[global]', ...text, ''].join('\n'));
  return file;
}
