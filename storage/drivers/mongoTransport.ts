import type { MongoClient } from 'mongodb';
import { settingsFault } from '../../domain/errors';

/**
 * Throws a settings fault when others could read or change the traffic to a server on another machine:
 * without TLS, or with TLS that accepts any certificate. `servers` are the hosts of the URI, or those that
 * the replica set names.
 */
export function checkTransport(
  { options }: MongoClient,
  servers: readonly string[],
  allowPlain = false,
): void {
  const { tls, rejectUnauthorized, checkServerIdentity } = options;
  if (allowPlain || (servers.length > 0 && servers.every(isHere))) return;
  const remote = servers.filter((server) => !isHere(server)).join(', ');
  const instead =
    'Use a server with TLS, or set MONGODB_ALLOW_PLAIN=true if nobody else can reach the network between them.';
  if (!tls)
    throw settingsFault(
      `MongoDB at ${remote} would be spoken to without TLS, passwords and records in the clear. Add tls=true to the MongoDB URI. ${instead}`,
    );
  if (rejectUnauthorized === false || checkServerIdentity)
    throw settingsFault(
      `The MongoDB URI lets anybody pose as ${remote || 'the server'}: take tlsInsecure, tlsAllowInvalidCertificates and tlsAllowInvalidHostnames out, and name the authority by tlsCAFile. ${instead}`,
    );
}

/** The hosts as the URI writes them; for a mongodb+srv:// URI its one name. */
export const serversOf = ({ options }: MongoClient): string[] =>
  options.srvHost ? [options.srvHost] : options.hosts.map(String);

/** `host:port`, `[::1]:port` or the path of a socket. */
function isHere(server: string): boolean {
  if (/\/.*\.sock$/.test(server)) return true;
  const host = server
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
