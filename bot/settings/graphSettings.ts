import { X509Certificate } from 'node:crypto';
import { managedIdentityCredential } from '../../connectors/graph/managedIdentity';
import type { GraphCredential, GraphSettings } from '../../connectors/graph/settings';
import type { Log } from '../../domain/ports';
import { readCertificate } from '../channel/readCertificate';
import type { Config } from './config';

/** The settings of the Graph connector, with the certificate loaded. Throws KeyturnError 'settings'. */
export async function graphSettings(graph: Config['graph'], log: Log): Promise<GraphSettings> {
  const { appId: clientId, loginUrl, graphUrl } = graph;
  return { clientId, loginUrl, graphUrl, log, credential: await credentialOf(graph.credential) };
}

async function credentialOf(credential: Config['graph']['credential']): Promise<GraphCredential> {
  switch (credential.kind) {
    case 'secret':
      return { kind: 'secret', clientSecret: credential.secret };
    case 'managedIdentity':
      return managedIdentityCredential(credential.clientId);
    case 'certificate': {
      const { certificate, privateKey } = await readCertificate(credential);
      const thumbprintSha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
      return { kind: 'certificate', thumbprintSha256, privateKey, x5c: certificate };
    }
  }
}
