import * as tls from 'node:tls';

/** What a connection goes by: these authorities alone, or those of the system. */
type Trust = Pick<tls.ConnectionOptions, 'ca' | 'secureContext' | 'minVersion'>;

const minVersion = 'TLSv1.2';
let ofSystem: tls.SecureContext | undefined;

/**
 * Those of the system are hundreds, and reading them takes a fifth of a second and some megabytes: they are read once for all connections. With
 * `ca` in its place, Node would do so for each of them, and an agent of node:https would have their text in the name of every connection.
 */
export function tlsTrust(ca?: string): Trust {
  // In a list, since Node takes an empty text alone for none at all, and trusts whom it always trusts.
  if (ca !== undefined) return { ca: [ca], minVersion };
  ofSystem ??= tls.createSecureContext({ ca: systemAuthorities(), minVersion });
  return { secureContext: ofSystem };
}

/** Those of the system's own store too, where this Node can read it (22.15 and later): companies keep theirs there. Undefined: those of Node alone. */
function systemAuthorities(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?(kind: 'system'): string[] };
  return getCACertificates && [...tls.rootCertificates, ...getCACertificates('system')];
}
