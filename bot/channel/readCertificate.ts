import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { settingsFault } from '../../domain/errors';
import type { CertificateFiles } from '../settings/config';

export interface Certificate {
  kind: 'certificate';
  /** PEM, the leaf first. */
  certificate: string;
  /** PEM. */
  privateKey: string;
}

type PemFiles = Omit<CertificateFiles, 'kind'>;

/**
 * Reads both PEM files and verifies that they belong together. Throws KeyturnError 'settings', naming the
 * wrong file.
 */
export async function readCertificate(files: PemFiles): Promise<Certificate> {
  const certificate = await read(files.certificateFile);
  const privateKey = await read(files.keyFile);
  provePair(certificate, privateKey, files);
  return { kind: 'certificate', certificate, privateKey };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw settingsFault(`${file} cannot be read`, cause);
  }
}

function provePair(certificate: string, privateKey: string, files: PemFiles): void {
  const { certificateFile, keyFile } = files;
  let belongs: boolean;
  try {
    belongs = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  } catch (cause) {
    throw settingsFault(
      `${certificateFile} has to be a certificate and ${keyFile} its private key, both PEM`,
      cause,
    );
  }
  if (!belongs) throw settingsFault(`${keyFile} is not the private key of ${certificateFile}`);
}
