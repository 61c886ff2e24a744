import * as tls from 'node:tls';

/** What a connection trusts: only these authorities, or those of the system. */
type Trust = Pick<tls.ConnectionOptions, 'ca' | 'secureContext' | 'minVersion'>;

const minVersion = 'TLSv1.2';
let ofSystem: tls.SecureContext | undefined;

/**
 * The system has hundreds of authorities, and reading them takes a fifth of a second and some megabytes. So
 * the agent reads them once for all connections. With `ca` Node would read them for each connection, and an
 * agent of node:https would put their text into the name of every connection.
 */
export function tlsTrust(ca?: string): Trust {
  // In a list: Node takes an empty text by itself for no value, and then trusts its default authorities.
  if (ca !== undefined) return { ca: [ca], minVersion };
  ofSystem ??= tls.createSecureContext({ ca: systemAuthorities(), minVersion });
  return { secureContext: ofSystem };
}

/**
 * Includes the system's own store, where this Node can read it (22.15 and later), because companies keep
 * their authorities there. Undefined: only Node's own.
 */
function systemAuthorities(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?(kind: 'system'): string[] };
  return getCACertificates && [...tls.rootCertificates, ...getCACertificates('system')];
}
