import type { Clock } from '../../domain/ports';
import { REQUIRED_PERMISSIONS } from '../../domain/tenants/requiredPermissions';
import { backChannel } from './backChannel';
import { makeCodes } from './codes';
import { makeControl, type RecordedRequest, type SandboxControl } from './control';
import { openEntraDirectory } from './entraDirectory';
import { makeFaults } from './faults';
import { listen, type SandboxRequest } from './http';
import { showPage } from './pages/pages';
import { makeSigningKey } from './signingKey';
import type { Application, World } from './world';

/** A limit, because a demo may run for days. */
const MOST_RECORDED = 10_000;

export interface MicrosoftSandboxOptions {
  /** PEM, for 127.0.0.1; see `makeCertificate`. */
  certificate: { key: string; cert: string };
  clientId: string;
  clientSecret?: string;
  /** The public certificate that verifies client assertions. */
  clientCertificatePem?: string;
  redirectUris: readonly string[];
  /**
   * Application permissions of the registration, granted by *Accept*. Default: those that the product needs.
   */
  permissions?: readonly string[];
  /**
   * Keeps consents, service principals and their roles over a restart. Without it they stay in memory only.
   */
  stateFile?: string;
  clock?: Clock;
  /** Default: any free ones. */
  ports?: { https?: number; http?: number };
}

export interface MicrosoftSandbox {
  /** Stands for https://login.microsoftonline.com (back channel). */
  loginUrl: string;
  /** Stands for https://graph.microsoft.com. */
  graphUrl: string;
  /** Plain HTTP for a person's browser, so that it shows no warning about a certificate. */
  pagesUrl: string;
  control: SandboxControl;
  stop(): Promise<void>;
}

/** Plays Microsoft's sign-in and Graph on loopback. Rejects when a port is taken or the state is damaged. */
export async function startMicrosoftSandbox(options: MicrosoftSandboxOptions): Promise<MicrosoftSandbox> {
  const clock = options.clock ?? { now: () => Date.now() };
  const world: World = {
    application: applicationOf(options),
    directory: openEntraDirectory(clock.now(), options.stateFile),
    codes: makeCodes(clock),
    key: await makeSigningKey(clock),
    faults: makeFaults(clock),
    clock,
    urls: { login: '', pages: '' },
  };
  const recorded: RecordedRequest[] = [];
  const recording = (handle: typeof backChannel) => async (request: SandboxRequest) => {
    recorded.push(recordOf(request));
    if (recorded.length > MOST_RECORDED) recorded.shift();
    return handle(world, request);
  };
  const https = await listen(recording(backChannel), options.ports?.https ?? 0, options.certificate);
  const http = await listen(recording(showPage), options.ports?.http ?? 0);
  world.urls = { login: `https://127.0.0.1:${https.port}`, pages: `http://127.0.0.1:${http.port}` };
  return {
    loginUrl: world.urls.login,
    graphUrl: world.urls.login,
    pagesUrl: world.urls.pages,
    control: makeControl(world, recorded),
    async stop() {
      world.faults.clear();
      await Promise.all([https.stop(), http.stop()]);
    },
  };
}

const applicationOf = (options: MicrosoftSandboxOptions): Application => ({
  clientId: options.clientId,
  clientSecret: options.clientSecret,
  clientCertificatePem: options.clientCertificatePem,
  redirectUris: options.redirectUris,
  permissions: options.permissions ?? REQUIRED_PERMISSIONS.map(({ name }) => name),
  secretExpired: false,
  emitsWids: true,
});

const recordOf = ({ method, path, query, form }: SandboxRequest): RecordedRequest => ({
  method,
  ...(form.get('grant_type') === 'authorization_code' && { scope: form.get('scope') ?? '' }),
  path:
    path.startsWith('/v1.0/') && query.size
      ? `${path}?${decodeURIComponent(query.toString().replaceAll('+', ' '))}`
      : path,
});
