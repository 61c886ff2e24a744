import { once } from 'node:events';
import { connect } from 'node:tls';
import { z } from 'zod';
import { PlatformFault } from '../ports';
import type { Powershell } from '../powershell/powershell';
import type { Timing } from '../timing';
import { changeFault } from './machine';

/**
 * Makes what a domain controller accepts for LDAPS: a certificate in the machine's store, with its private
 * key, for server authentication, in the controller's full name and trusted by the controller itself. It
 * takes one that an earlier call made. It also tells the directory to look, so that no restart is needed.
 */
const MAKE = `
$ours = 'LDAPS (Keyturn agent)'
$found = Get-ChildItem Cert:\\LocalMachine\\My | Where-Object { $_.FriendlyName -eq $ours -and $_.HasPrivateKey -and $_.NotAfter -gt (Get-Date).AddDays(30) -and @($_.DnsNameList | ForEach-Object { $_.Unicode.ToLowerInvariant() }) -contains $in.name } | Sort-Object NotAfter -Descending | Select-Object -First 1
if (-not $found) {
  $found = New-SelfSignedCertificate -DnsName $in.name -CertStoreLocation Cert:\\LocalMachine\\My -FriendlyName $ours -Provider 'Microsoft RSA SChannel Cryptographic Provider' -KeySpec KeyExchange -KeyLength 2048 -HashAlgorithm SHA256 -KeyUsage @('DigitalSignature', 'KeyEncipherment') -NotAfter (Get-Date).AddYears(5) -TextExtension @('2.5.29.37={text}1.3.6.1.5.5.7.3.1')
  $store = New-Object Security.Cryptography.X509Certificates.X509Store('Root', 'LocalMachine')
  $store.Open('ReadWrite')
  $store.Add((New-Object Security.Cryptography.X509Certificates.X509Certificate2(,$found.RawData)))
  $store.Close()
}
$root = [ADSI]'LDAP://localhost/RootDSE'
$root.Put('renewServerCertificate', 1)
$root.SetInfo()
$null`;

/** The certificate that this machine shows to LDAPS clients; undefined: it shows none. */
export type ShowCertificate = (name: string) => Promise<{ sha256: string; validTo: number } | undefined>;

const CONNECT_MS = 10_000;

/** Asks this machine itself and sends nothing secret, so it need not check the certificate. */
export const shownCertificate =
  (port = 636): ShowCertificate =>
  async (servername) => {
    const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
    try {
      await once(socket, 'secureConnect', { signal: AbortSignal.timeout(CONNECT_MS) });
      const shown = socket.getPeerX509Certificate();
      if (!shown) return undefined;
      return {
        sha256: shown.fingerprint256.replaceAll(':', '').toLowerCase(),
        validTo: Date.parse(shown.validTo),
      };
    } catch {
      // A controller without a certificate closes the connection or does not listen. Every other failure
      // counts as the same.
      return undefined;
    } finally {
      socket.on('error', () => undefined).destroy();
    }
  };

const LOOKS = 24;
const LOOK_MS = 5_000;

/**
 * The fingerprint of the certificate that the controller shows by LDAPS, no matter who issued it. If it
 * shows none, or one that has expired, this makes one and waits until the controller shows it. Throws
 * PlatformFault.
 */
export async function ensureLdapsCertificate(
  name: string,
  powershell: Powershell,
  timing: Timing,
  show: ShowCertificate = shownCertificate(),
): Promise<{ made: boolean; sha256: string }> {
  const inUse = async () => {
    const shown = await show(name);
    return shown && shown.validTo > timing.now() ? shown.sha256 : undefined;
  };
  const before = await inUse();
  if (before) return { made: false, sha256: before };
  await powershell
    .run({ script: MAKE, input: { name }, answer: z.unknown(), timeoutMs: 120_000 })
    .catch(certificateFault);
  for (let look = 0; look < LOOKS; look++) {
    const sha256 = await inUse();
    if (sha256) return { made: true, sha256 };
    await timing.sleep(LOOK_MS);
  }
  throw new PlatformFault(
    'files',
    `A certificate for LDAPS was made, but ${name} does not show it yet. Run this again later, at the latest after a restart of the server.`,
  );
}

const certificateFault = changeFault(
  'files',
  ({ detail }) =>
    `No certificate for LDAPS could be made. Request one from your certificate authority for server authentication.${detail ? ` Windows said: ${detail}` : ''}`,
);
