import { InvalidCredentialsError, ResultCodeError } from 'ldapts';
import { codeOf } from '../files';
import { DirectoryFault } from '../ports';

/** The certificate is another one than the pinned one. The agent sent nothing. */
export const wrongPin = (host: string) =>
  new DirectoryFault(
    'certificate',
    `The certificate of ${host} is not the pinned one. If it was renewed, run "keyturn-agent repair" with the new fingerprint; if not, somebody may be intercepting the connection.`,
  );

export const plainRefused = () =>
  new DirectoryFault(
    'plain',
    'The agent reads the directory only by LDAPS, because plain LDAP would send the password unencrypted. Use an address that begins with ldaps://.',
  );

/**
 * Turns every failure of the network, TLS or LDAP into a sentence. It repeats only the server's codes,
 * never its text.
 */
export function ldapFault(error: unknown, host: string): DirectoryFault {
  if (error instanceof DirectoryFault) return error;
  if (error instanceof InvalidCredentialsError)
    return new DirectoryFault('refused', credentialsSentence(error.message, host), { cause: error });
  if (error instanceof ResultCodeError) return resultFault(error, host);
  const code = codeOf(error);
  if (CERTIFICATE.test(code))
    return new DirectoryFault('certificate', certificateSentence(code, host), { cause: error });
  return new DirectoryFault('unreachable', unreachableSentence(code, host), { cause: error });
}

/** InappropriateAuth, StrongAuthRequired, InsufficientAccess, NoSuchObject. */
const REFUSED = new Set([48, 8, 50, 32]);

function resultFault(error: ResultCodeError, host: string): DirectoryFault {
  const refused = REFUSED.has(error.code);
  const sentence = refused
    ? `${host} does not let the service account read (LDAP code ${error.code}). Check its rights.`
    : `${host} could not answer (LDAP code ${error.code}). It is asked again.`;
  return new DirectoryFault(refused ? 'refused' : 'unreachable', sentence, { cause: error });
}

const CERTIFICATE = /CERT|^UNABLE_TO_|^ERR_TLS|SELF_SIGNED|^HOSTNAME_MISMATCH/;

function certificateSentence(code: string, host: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `The certificate of ${host} has expired. Renew it.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${host} is for another name. Use the name in the certificate, or pin its fingerprint.`;
  return `The certificate of ${host} is not trusted (${code}). Give the file of its authority (--ca), or pin the certificate's SHA-256 fingerprint.`;
}

function unreachableSentence(code: string, host: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The name ${host} is not known. Check the address and DNS.`;
  if (code === 'ECONNREFUSED')
    return `${host} takes no connections by LDAPS. Check that it runs, and its port.`;
  if (code === 'ECONNRESET' || code === 'EPROTO')
    return `${host} ended the connection. A domain controller does so while it starts, and when it has no certificate for LDAPS.`;
  return `${host} does not answer. Check that it runs and that no firewall is in between.`;
}

/** The reason that Active Directory adds to code 49, such as `data 52e`. */
const REASONS: Record<string, string> = {
  '525': 'is not known',
  '530': 'may not sign in at this time',
  '531': 'may not sign in from this machine',
  '532': 'has a password that has expired',
  '533': 'is disabled',
  '701': 'has expired',
  '773': 'must change its password first',
  '775': 'is locked out',
};

function credentialsSentence(message: string, host: string): string {
  const reason = REASONS[/\bdata ([0-9a-f]{3,4})\b/i.exec(message)?.[1]?.toLowerCase() ?? ''];
  return `${host} refuses the service account: it ${reason ?? 'or its password is wrong'}. Correct that and run "keyturn-agent repair".`;
}
