import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const DAY = 24 * 60 * 60 * 1000;
const KIND = { keyType: 'ec', algorithm: 'sha256' } as const;

/**
 * A certificate for a server on 127.0.0.1 and localhost. Clients trust it with `NODE_EXTRA_CA_CERTS=caFile`.
 */
export interface LoopbackCertificate {
  caFile: string;
  /** PEM */
  key: string;
  /** PEM */
  cert: string;
}

/**
 * The stand-ins use HTTPS like the real services, so that the product needs no exception for them. A
 * certificate in `folder` is used again while it is valid for at least another week. The authority's key is
 * never written to disk, so that nothing else can be signed with it later.
 */
export async function makeCertificate(folder: string): Promise<LoopbackCertificate> {
  const files = ['authority.pem', 'server.key', 'server.pem'].map((name) => join(folder, name));
  const [caFile = '', keyFile = '', certFile = ''] = files;
  if (files.every((file) => existsSync(file))) {
    const cert = await readFile(certFile, 'utf8');
    if (Date.parse(new X509Certificate(cert).validTo) > Date.now() + 7 * DAY) {
      return { caFile, key: await readFile(keyFile, 'utf8'), cert };
    }
  }
  const { authority, key, cert } = await issue();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(keyFile, key, { mode: 0o600 });
  await writeFile(certFile, cert);
  await writeFile(caFile, authority);
  return { caFile, key, cert };
}

async function issue(): Promise<{ authority: string; key: string; cert: string }> {
  const notAfterDate = new Date(Date.now() + 90 * DAY);
  const authority = await generate([{ name: 'commonName', value: 'Keyturn sandbox authority' }], {
    ...KIND,
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...KIND,
    notAfterDate,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority: authority.cert, key: server.private, cert: server.cert };
}
