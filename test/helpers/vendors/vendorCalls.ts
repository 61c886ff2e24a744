import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../../sandbox/certificate';

interface VendorAnswer<Body> {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json(): Body;
}

export interface VendorCalls {
  certificate: { caFile: string; key: string; cert: string };
  /** Calls over real HTTPS, trusting the sandbox's authority, without following redirects. */
  call<Body>(url: string, key?: string, method?: string): Promise<VendorAnswer<Body>>;
  /** Removes the certificate. */
  close(): void;
}

/** A certificate for a vendor's stand-in, and a client that trusts it. */
export async function openVendorCalls(): Promise<VendorCalls> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-vendor-'));
  const certificate = await makeCertificate(folder);
  const ca = readFileSync(certificate.caFile, 'utf8');
  const call = <Body>(url: string, key?: string, method = 'GET') =>
    new Promise<VendorAnswer<Body>>((resolve, reject) => {
      const headers: Record<string, string> = key === undefined ? {} : { 'x-api-key': key };
      const outgoing = request(url, { ca, method, headers, agent: false });
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, text, json: () => JSON.parse(text) });
        });
      });
      outgoing.end();
    });
  return { certificate, call, close: () => rmSync(folder, { recursive: true, force: true }) };
}
