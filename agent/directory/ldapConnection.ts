import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { Client } from 'ldapts';
import { DirectoryFault } from '../ports';
import type { DirectorySettings } from '../settings';
import { tlsTrust } from '../tlsTrust';
import { ldapFault, plainRefused, wrongPin } from './ldapFault';

export type LdapSettings = DirectorySettings & { password: string };

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
const LDAPS = 636;

/**
 * Opens a connection. It shows the account to the other end only after it has checked the certificate.
 * Throws DirectoryFault.
 */
export async function openLdapConnection(settings: LdapSettings): Promise<Client> {
  const { protocol, hostname, port } = new URL(settings.url);
  if (protocol !== 'ldaps:') throw plainRefused();
  const host = hostname.replace(/^\[|\]$/g, '');
  try {
    const socket = await openSocket(settings, host, Number(port) || LDAPS);
    return await bind(settings, socket);
  } catch (error) {
    throw ldapFault(error, host);
  }
}

async function openSocket({ pin, ca }: LdapSettings, host: string, port: number): Promise<tls.TLSSocket> {
  const socket = tls.connect({
    host,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ...(pin
      ? { rejectUnauthorized: false, minVersion: 'TLSv1.2' }
      : tlsTrust(ca === undefined ? undefined : await readAuthority(ca))),
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(CONNECT_MS) });
    if (pin && fingerprintOf(socket) !== pin) throw wrongPin(host);
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}

const fingerprintOf = (socket: tls.TLSSocket) =>
  createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex');

const readAuthority = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    const sentence = "The authority's certificate file cannot be read. Check its path and rights.";
    throw new DirectoryFault('certificate', sentence, { cause });
  });

/** The client gets the socket that was checked, and never opens one itself. */
async function bind({ url, account, password }: LdapSettings, socket: tls.TLSSocket): Promise<Client> {
  const client = new Client({ url, timeout: ANSWER_MS, createSecureConnection: () => socket });
  try {
    await client.bind(account, password);
    return client;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
