import { X509Certificate } from 'node:crypto';
import { CertificateAppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import type { Certificate } from './readCertificate';

/**
 * Replaces the SDK's own factory, which runs the openssl program for the thumbprint and knows the public
 * cloud alone.
 */
export class CertificateCredentialsFactory extends ServiceClientCredentialsFactory {
  private readonly thumbprint: string;

  constructor(
    private readonly appId: string,
    private readonly pair: Certificate,
    private readonly loginUrl: string,
  ) {
    super();
    this.thumbprint = new X509Certificate(pair.certificate).fingerprint.replace(/:/g, '');
  }

  async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.appId;
  }

  async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  async createCredentials(_appId: string, audience: string): Promise<CertificateAppCredentials> {
    const { privateKey, certificate } = this.pair;
    const credentials = new CertificateAppCredentials(
      this.appId,
      this.thumbprint,
      privateKey,
      undefined,
      audience,
      certificate,
    );
    credentials.oAuthEndpoint = this.loginUrl;
    return credentials;
  }
}
