import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../../sandbox/certificate';
import { type Answer, answerOf } from '../process/answerOf';

export interface VendorCalls {
  certificate: { caFile: string; key: string; cert: string };
  /** Calls over real HTTPS, trusting the sandbox's authority, without following redirects. */
  call<Body>(url: string, key?: string, method?: string): Promise<Answer<Body>>;
  /** Removes the certificate. */
  close(): void;
}

/** A certificate for a vendor's stand-in, and a client that trusts it. */
export async function openVendorCalls(): Promise<VendorCalls> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-vendor-'));
  const certificate = await makeCertificate(folder);
  const ca = readFileSync(certificate.caFile, 'utf8');
  const call = <Body>(url: string, key?: string, method = 'GET') => {
    const headers: Record<string, string> = key === undefined ? {} : { 'x-api-key': key };
    return answerOf<Body>(request(url, { ca, method, headers, agent: false }));
  };
  return { certificate, call, close: () => rmSync(folder, { recursive: true, force: true }) };
}
