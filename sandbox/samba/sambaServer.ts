import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomInt, randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { openSambaAdmin, type SambaAdmin } from './sambaAdmin';
import { SambaFault } from './sambaFault';
import { ADMIN_PASSWORD, baseDnOf, run, SAMBA, sambaTemplate, writeConfig } from './sambaTemplate';

const DOMAIN = 'contoso.test';
export const BASE_DN = baseDnOf(DOMAIN);
const LDAPS = 636;
const START_MS = 30_000;

/** A real domain controller on a loopback address of its own, so that several run side by side. */
export interface SambaServer {
  /** An address from 127.0.0.0/8. */
  host: string;
  /** ldaps://host */
  url: string;
  /** PEM of the authority that signed the certificate; the certificate names `host` and dc1.DOMAIN. */
  caFile: string;
  /** SHA-256 of the certificate, in lower-case hex. */
  fingerprint: string;
  /** Connects again after the server was stopped and started. */
  admin: SambaAdmin;
  start(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Restarts, and keeps a copy of all data from this moment. */
  backUp(): Promise<void>;
  /**
   * Restarts with the data of `backUp`, if there is any, under another invocationId, as Windows does after a
   * restore.
   */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export interface SambaOptions {
  /** Default: contoso.test. */
  domain?: string;
  /**
   * Keeps all data here, and continues with existing data. Default: a folder that is removed with the server.
   */
  folder?: string;
}

/** Resolves when the server is ready, which takes a second; the first one on a machine takes ten. */
export async function openSambaServer(options: SambaOptions = {}): Promise<SambaServer> {
  const { domain = DOMAIN } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'keyturn-samba-')));
  const backup = `${folder}-backup`;
  if (!existsSync(join(folder, 'private'))) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await run('cp', ['-a', `${await sambaTemplate(domain)}/.`, folder]);
  }
  const host = `127.${randomInt(64, 128)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const config = await writeConfig(folder, host, domain);
  const fingerprint = await writeCertificate(folder, host, domain);
  const url = `ldaps://${host}`;
  const caFile = join(folder, 'authority.pem');
  const admin = openSambaAdmin({ url, caFile, baseDn: baseDnOf(domain), password: ADMIN_PASSWORD });
  let running: ChildProcess | undefined;
  const server: SambaServer = {
    host,
    url,
    caFile,
    fingerprint,
    admin,
    async start() {
      running = await startSamba(config, host);
    },
    async stop() {
      // A process with nothing else to wait for would end before Samba does.
      running?.ref();
      if (running?.kill('SIGKILL')) await once(running, 'exit');
      running = undefined;
    },
    async restart() {
      await server.stop();
      await server.start();
    },
    async backUp() {
      await server.stop();
      await rm(backup, { recursive: true, force: true });
      await run('cp', ['-a', folder, backup]);
      await server.start();
    },
    async restore() {
      await server.stop();
      await run('cp', ['-a', `${backup}/.`, folder]).catch(() => undefined);
      await changeInvocationId(folder, domain);
      await server.start();
    },
    async close() {
      await admin.close();
      await server.stop();
      for (const path of options.folder ? [backup] : [folder, backup])
        await rm(path, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Samba ends by itself when this process, and so its standard input, is gone. */
async function startSamba(config: string, host: string): Promise<ChildProcess> {
  const args = ['-i', '-M', 'single', '-s', config, '--debug-stdout'];
  const child = spawn(SAMBA, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.unref();
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-2_000);
  });
  const deadline = Date.now() + START_MS;
  while (!(await listens(host))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new SambaFault(`Samba did not start on ${host}: ${said}`);
    }
    await delay(50);
  }
  return child;
}

async function listens(host: string): Promise<boolean> {
  const socket = connect(LDAPS, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function changeInvocationId(folder: string, domain: string): Promise<void> {
  const settings = `CN=NTDS Settings,CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,${baseDnOf(domain)}`;
  const file = join(folder, 'invocationId.ldif');
  const lines = [`dn: ${settings}`, 'changetype: modify', 'replace: invocationId'];
  await writeFile(file, [...lines, `invocationId: ${randomUUID()}`, ''].join('\n'));
  await run('ldbmodify', ['-H', join(folder, 'private', 'sam.ldb'), '--relax', file]);
}

/** Makes an authority and a certificate signed by it. Returns the certificate's fingerprint. */
async function writeCertificate(folder: string, host: string, domain: string): Promise<string> {
  const kind = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate([{ name: 'commonName', value: 'Keyturn sandbox authority' }], {
    ...kind,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const altNames = [
    { type: 2 as const, value: `dc1.${domain}` },
    { type: 7 as const, ip: host },
  ];
  const own = await generate([{ name: 'commonName', value: `dc1.${domain}` }], {
    ...kind,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  await writeFile(join(folder, 'authority.pem'), authority.cert);
  await writeFile(join(folder, 'server.pem'), own.cert);
  await writeFile(join(folder, 'server.key'), own.private, { mode: 0o600 });
  return createHash('sha256').update(new X509Certificate(own.cert).raw).digest('hex');
}
