import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { REQUIRED_PERMISSIONS } from '../../../domain/tenants/requiredPermissions';
import { makeCertificate } from '../../../sandbox/certificate';
import {
  type MicrosoftSandbox,
  type MicrosoftSandboxOptions,
  startMicrosoftSandbox,
} from '../../../sandbox/microsoft/startMicrosoftSandbox';
import { type Answer as AnyAnswer, answerOf } from '../process/answerOf';

export const CLIENT_ID = '3d9b3c1e-7f0e-4a58-b6b5-0f6d4c2e1a77';
export const CLIENT_SECRET = 'a-secret-for-tests-only';
export const REDIRECT_URI = 'http://127.0.0.1:3978/signin/callback';
export const VERIFIER = 'v'.repeat(64);
/** The permissions that the product needs, and reading applications, which the sandbox can play, too. */
const PERMISSIONS = [...REQUIRED_PERMISSIONS.map(({ name }) => name), 'Application.Read.All'];

export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

type Entity = Record<string, unknown>;

/** The fields that the tests read from JSON answers. A missing field reads as undefined. */
interface Body extends Entity {
  access_token: string;
  id_token: string;
  client_info: string;
  error: unknown;
  keys: JWK[];
  id: string;
  value: Entity[];
  '@odata.nextLink'?: string;
}

export type Answer = AnyAnswer<Body>;

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  form?: Record<string, string>;
  /** Sent unchanged, as a form. */
  body?: string;
}

export interface MicrosoftWorld extends MicrosoftSandbox {
  folder: string;
  /** Calls over real HTTP(S), without following redirects. */
  call(url: string, sent?: Sent): Promise<Answer>;
  authorizeUrl(query?: Record<string, string | undefined>, tenant?: string): string;
  consentUrl(tenant: string, query?: Record<string, string>): string;
  /** Picks `username`, accepts where the page asks, and returns the values of the redirect. */
  signIn(username: string, query?: Record<string, string>): Promise<URLSearchParams>;
  redeem(code: string, form?: Record<string, string>): Promise<Answer>;
  appToken(tenant: string, form?: Record<string, string>): Promise<Answer>;
  graph(token: string, path: string, headers?: Record<string, string>): Promise<Answer>;
}

/** The sandbox for one test file; `close` stops it and removes its folder. */
export async function openMicrosoftWorld(
  options: Partial<MicrosoftSandboxOptions> = {},
): Promise<MicrosoftWorld & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-microsoft-'));
  const certificate = await makeCertificate(folder);
  const ca = readFileSync(certificate.caFile, 'utf8');
  const sandbox = await startMicrosoftSandbox({
    certificate,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    redirectUris: [REDIRECT_URI],
    permissions: PERMISSIONS,
    ...options,
  });
  const call: MicrosoftWorld['call'] = (url, sent) => send(url, ca, sent);
  const close = async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...sandbox, folder, call, close, ...walks(sandbox, call) };
}

type Walks = Pick<MicrosoftWorld, 'authorizeUrl' | 'consentUrl' | 'signIn' | 'redeem' | 'appToken' | 'graph'>;

function walks(sandbox: MicrosoftSandbox, call: MicrosoftWorld['call']): Walks {
  const authorizeUrl: Walks['authorizeUrl'] = (query = {}, tenant = 'organizations') =>
    `${sandbox.pagesUrl}/${tenant}/oauth2/v2.0/authorize?${parameters({ ...SIGN_IN, ...query })}`;
  return {
    authorizeUrl,
    consentUrl: (tenant, query = {}) =>
      `${sandbox.pagesUrl}/${tenant}/v2.0/adminconsent?${parameters({ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, scope: GRAPH_SCOPE, state: 'st', ...query })}`,
    async signIn(username, query = {}) {
      let answer = await call(authorizeUrl(query), { form: { username } });
      if (answer.status === 200) {
        answer = await call(authorizeUrl(query), { form: { person: username, answer: 'accept' } });
      }
      return redirected(answer);
    },
    redeem: (code, form = {}) =>
      call(`${sandbox.loginUrl}/organizations/oauth2/v2.0/token`, { form: { ...REDEEM, code, ...form } }),
    appToken: (tenant, form = {}) =>
      call(`${sandbox.loginUrl}/${tenant}/oauth2/v2.0/token`, { form: { ...APP_ONLY, ...form } }),
    graph: (token, path, headers = {}) =>
      call(`${sandbox.graphUrl}/v1.0${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } }),
  };
}

const CREDENTIAL = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
const APP_ONLY = { ...CREDENTIAL, grant_type: 'client_credentials', scope: GRAPH_SCOPE };
const REDEEM = {
  ...CREDENTIAL,
  grant_type: 'authorization_code',
  redirect_uri: REDIRECT_URI,
  code_verifier: VERIFIER,
};
const SIGN_IN = {
  client_id: CLIENT_ID,
  response_type: 'code',
  redirect_uri: REDIRECT_URI,
  scope: 'openid profile',
  state: 'st',
  nonce: 'no',
  prompt: 'select_account',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

/** The values in a redirect to the application. Fails for any other answer. */
export function redirected(answer: Answer): URLSearchParams {
  expect(answer.status).toBe(302);
  const url = new URL(answer.headers.location ?? '');
  expect(url.origin + url.pathname).toBe(REDIRECT_URI);
  return url.searchParams;
}

function parameters(values: Record<string, string | undefined>): URLSearchParams {
  const all = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) all.set(name, value);
  return all;
}

function send(url: string, ca: string, sent: Sent = {}): Promise<Answer> {
  const body = sent.body ?? (sent.form ? new URLSearchParams(sent.form).toString() : undefined);
  const method = sent.method ?? (body === undefined ? 'GET' : 'POST');
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...sent.headers,
  };
  const options = { method, headers, agent: false as const };
  const outgoing = url.startsWith('https:')
    ? httpsRequest(url, { ...options, ca })
    : httpRequest(url, options);
  return answerOf(outgoing, body);
}

/** Graph's error body with this code, with any words and ids. */
export const graphRefusal = (code: string) => ({
  error: {
    code,
    message: expect.any(String),
    innerError: {
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': expect.any(String),
      'client-request-id': expect.any(String),
    },
  },
});
