import type { Clock } from '../../domain/ports';
import type { Codes } from './codes';
import type { EntraDirectory } from './entraDirectory';
import type { Faults } from './faults';
import type { SigningKey } from './signingKey';

/** The registration of our application, as the portal shows it. */
export interface Application {
  clientId: string;
  clientSecret?: string;
  clientCertificatePem?: string;
  redirectUris: readonly string[];
  /** Its configured application permissions; *Accept* on the consent page grants these. */
  permissions: readonly string[];
  secretExpired: boolean;
  /** Whether its manifest asks for `wids` (groupMembershipClaims DirectoryRole). */
  emitsWids: boolean;
}

/** Everything the handlers share. */
export interface World {
  application: Application;
  directory: EntraDirectory;
  codes: Codes;
  key: SigningKey;
  clock: Clock;
  faults: Faults;
  /** Known once both listeners are running. */
  urls: { login: string; pages: string };
}

export const GRAPH_AUDIENCE = 'https://graph.microsoft.com';
