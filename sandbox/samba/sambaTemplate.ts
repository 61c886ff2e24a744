import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const SAMBA = '/usr/sbin/samba';
const SAMBA_TOOL = '/usr/bin/samba-tool';
const NEEDED = [SAMBA, SAMBA_TOOL, '/usr/bin/ldbmodify', '/usr/share/samba/setup/provision.ldif'];
const MISSING =
  'root and Samba with its domain controller - to get it: apt-get install --no-install-recommends samba samba-ad-provision ' +
  'samba-dsdb-modules samba-vfs-modules winbind ldb-tools python3-samba attr acl';

/** What this machine lacks and how to get it; undefined when Samba is complete. */
export const sambaMissing: string | undefined =
  process.getuid?.() === 0 && NEEDED.every((file) => existsSync(file)) ? undefined : MISSING;

/** The administrator's password in every domain that is provisioned here. */
export const ADMIN_PASSWORD = 'Test-Administrator-1';
export const LOCKOUT_AFTER = 3;
export const run = promisify(execFile);

/** contoso.test -> DC=contoso,DC=test */
export const baseDnOf = (domain: string): string =>
  domain
    .split('.')
    .map((part) => `DC=${part}`)
    .join(',');
const netbiosOf = (domain: string): string => (domain.split('.')[0] ?? '').toUpperCase();

/**
 * A freshly provisioned domain. It is made once on this machine and then copied, which takes milliseconds.
 */
export async function sambaTemplate(domain: string): Promise<string> {
  const home = join(tmpdir(), `keyturn-samba-template-${domain}-${process.getuid?.()}`);
  if (existsSync(home)) return home;
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-samba-'));
  await provision(folder, domain);
  // The second of two processes discards its own copy.
  await rename(folder, home).catch(() => rm(folder, { recursive: true, force: true }));
  return home;
}

async function provision(folder: string, domain: string): Promise<void> {
  const names = [`--realm=${domain.toUpperCase()}`, `--domain=${netbiosOf(domain)}`];
  const kind = ['--server-role=dc', '--dns-backend=NONE'];
  const own = ['--host-name=dc1', `--adminpass=${ADMIN_PASSWORD}`, `--targetdir=${folder}`];
  await run(SAMBA_TOOL, ['domain', 'provision', ...names, ...kind, ...own]);
  const config = await writeConfig(folder, '127.0.0.1', domain);
  const rules = ['--min-pwd-age=0', '--history-length=0', `--account-lockout-threshold=${LOCKOUT_AFTER}`];
  await run(SAMBA_TOOL, ['domain', 'passwordsettings', 'set', ...rules, '-s', config]);
}

/**
 * Keeps everything within `folder`, with LDAP alone, on one address. Samba's ports are fixed, so each server
 * has an address of its own.
 */
export async function writeConfig(folder: string, host: string, domain: string): Promise<string> {
  const file = join(folder, 'etc', 'smb.conf');
  await mkdir(join(folder, 'run'), { recursive: true });
  const lines = {
    'netbios name': 'DC1',
    realm: domain.toUpperCase(),
    workgroup: netbiosOf(domain),
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
    // Killing Samba loses nothing with this setting; a power failure may.
    'ldb:nosync': 'true',
    'tls enabled': 'yes',
    'tls certfile': join(folder, 'server.pem'),
    'tls keyfile': join(folder, 'server.key'),
    'tls cafile': join(folder, 'authority.pem'),
  };
  const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  await writeFile(file, ['[global]', ...text, ''].join('\n'));
  return file;
}
