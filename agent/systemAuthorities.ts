import * as tls from 'node:tls';

/** Those of the system's own store too, where this Node can read it (22.15 and later): companies keep theirs there. Undefined: those of Node alone. */
export function systemAuthorities(): string[] | undefined {
  const { getCACertificates } = tls as { getCACertificates?(kind: 'system'): string[] };
  return getCACertificates && [...tls.rootCertificates, ...getCACertificates('system')];
}
