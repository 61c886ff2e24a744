import { z } from 'zod';
import { PlatformFault } from '../ports';
import type { Powershell } from './powershell';
import { PowershellFault } from './powershellFault';

/**
 * What a domain controller takes for LDAPS: in the machine's store with its private key, for server authentication, of the controller's full name, not
 * run out, trusted by the controller itself. Made only when none serves; the directory is told to look again, so that no restart is needed.
 */
const ENSURE = `
$computer = Get-CimInstance -ClassName Win32_ComputerSystem
if ($computer.DomainRole -lt 4) { throw 'keyturn: not a domain controller' }
$name = ($computer.DNSHostName + '.' + $computer.Domain).ToLower()
$fits = { $_.HasPrivateKey -and $_.NotBefore -le (Get-Date) -and $_.NotAfter -gt (Get-Date).AddDays(30) -and @($_.EnhancedKeyUsageList | ForEach-Object { $_.ObjectId }) -contains '1.3.6.1.5.5.7.3.1' -and @($_.DnsNameList | ForEach-Object { $_.Unicode.ToLower() }) -contains $name -and $_.Verify() }
$found = Get-ChildItem Cert:\\LocalMachine\\My | Where-Object $fits | Sort-Object NotAfter -Descending | Select-Object -First 1
$made = -not $found
if ($made) {
  $found = New-SelfSignedCertificate -DnsName $name -CertStoreLocation Cert:\\LocalMachine\\My -FriendlyName 'LDAPS (Keyturn agent)' -Provider 'Microsoft RSA SChannel Cryptographic Provider' -KeySpec KeyExchange -KeyLength 2048 -HashAlgorithm SHA256 -KeyUsage @('DigitalSignature', 'KeyEncipherment') -NotAfter (Get-Date).AddYears(5) -TextExtension @('2.5.29.37={text}1.3.6.1.5.5.7.3.1')
  $store = New-Object Security.Cryptography.X509Certificates.X509Store('Root', 'LocalMachine')
  $store.Open('ReadWrite')
  $store.Add((New-Object Security.Cryptography.X509Certificates.X509Certificate2(,$found.RawData)))
  $store.Close()
  $root = [ADSI]'LDAP://localhost/RootDSE'
  $root.Put('renewServerCertificate', 1)
  $root.SetInfo()
}
$hash = [Security.Cryptography.SHA256]::Create().ComputeHash($found.RawData)
@{ name = $name; made = $made; sha256 = [BitConverter]::ToString($hash).Replace('-', '').ToLower(); notAfter = $found.NotAfter.ToUniversalTime().ToString('o') }`;

const certificate = z.object({
  /** Of the domain controller, as the certificate has it. */
  name: z.string().min(1),
  /** False: one that serves was there. */
  made: z.boolean(),
  /** The fingerprint to pin; 64 hex digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  notAfter: z.string().min(1),
});
export type LdapsCertificate = z.output<typeof certificate>;

/** On a domain controller without a certificate for LDAPS, makes one and has it used. Throws PlatformFault. */
export const ensureLdapsCertificate = (powershell: Powershell): Promise<LdapsCertificate> =>
  powershell.run({ script: ENSURE, answer: certificate, timeoutMs: 120_000 }).catch(certificateFault);

function certificateFault(cause: unknown): never {
  if (!(cause instanceof PowershellFault)) throw cause;
  if (cause.reason === 'noRights') {
    throw new PlatformFault(
      'notAdministrator',
      'Run this in a PowerShell that was started as administrator.',
      { cause },
    );
  }
  if (cause.detail.includes('not a domain controller')) {
    const sentence =
      'This server is no domain controller. Run this on the one whose LDAPS needs a certificate, and pin the fingerprint that it tells.';
    throw new PlatformFault('files', sentence, { cause });
  }
  const sentence = `No certificate for LDAPS could be made. Request one from your certificate authority for server authentication.${cause.detail ? ` Windows said: ${cause.detail}` : ''}`;
  throw new PlatformFault('files', sentence, { cause });
}
