import type { Log } from '../../domain/ports';

/** How the app proves its identity to Microsoft; exactly one of these. */
export type GraphCredential =
  | { kind: 'secret'; clientSecret: string }
  /** `privateKey` is PEM, `thumbprintSha256` hex; `x5c` the public certificate, PEM. */
  | { kind: 'certificate'; thumbprintSha256: string; privateKey: string; x5c?: string }
  /** Asked for with every new token: a federated credential, such as a managed identity's. */
  | { kind: 'assertion'; getAssertion: () => Promise<string> };

export interface GraphSettings {
  clientId: string;
  credential: GraphCredential;
  /** No slash at the end; https only. */
  loginUrl: string;
  /** No slash at the end; https only. */
  graphUrl: string;
  log: Log;
}

/** The scope of everything that an administrator consented to for the whole tenant. */
export const defaultScope = ({ graphUrl }: Pick<GraphSettings, 'graphUrl'>): string => `${graphUrl}/.default`;
