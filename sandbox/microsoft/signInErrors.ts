import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/ports';

interface Refusal {
  error: string;
  status: number;
  text: string;
  suberror?: string;
}

const refusal = (error: string, text: string, more: Partial<Refusal> = {}): Refusal => ({
  error,
  text,
  status: 400,
  ...more,
});

/** Microsoft's sign-in errors by AADSTS number, each with its OAuth `error` and HTTP status. */
const REFUSALS = {
  '50011': refusal(
    'invalid_request',
    'The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  ),
  '50020': refusal(
    'access_denied',
    'The user account does not exist in the tenant and cannot access the application in it.',
  ),
  '50076': refusal(
    'interaction_required',
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the application.',
    { suberror: 'basic_action' },
  ),
  '53000': refusal('interaction_required', 'Your device is required to be managed to access this resource.', {
    suberror: 'message_only',
  }),
  '53003': refusal(
    'interaction_required',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    { suberror: 'message_only' },
  ),
  '54005': refusal(
    'invalid_grant',
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  '65001': refusal(
    'invalid_grant',
    'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
    { suberror: 'consent_required' },
  ),
  '65004': refusal('access_denied', 'User declined to consent to access the app.'),
  '70000': refusal('invalid_grant', 'Provided grant is invalid or malformed.'),
  '70003': refusal('unsupported_grant_type', 'The app requested an unsupported grant type.'),
  '70008': refusal(
    'invalid_grant',
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  ),
  '90002': refusal(
    'invalid_tenant',
    'Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.',
  ),
  '90033': refusal('temporarily_unavailable', 'A transient error has occurred. Please try again.', {
    status: 503,
  }),
  '90055': refusal(
    'temporarily_unavailable',
    'The tenant has exceeded the number of requests it is allowed to make.',
    { status: 429 },
  ),
  '90094': refusal('access_denied', 'The grant requires admin permission.'),
  '500112': refusal(
    'invalid_client',
    'The reply address does not match the reply address provided when requesting Authorization code.',
  ),
  '501481': refusal(
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ),
  '700005': refusal(
    'invalid_grant',
    'Provided Authorization Code is intended to use against other tenant, thus rejected.',
  ),
  '700016': refusal(
    'unauthorized_client',
    'Application was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.',
  ),
  '700027': refusal(
    'invalid_client',
    'The certificate with identifier used to sign the client assertion is not registered on application, or the signature is invalid.',
    { status: 401 },
  ),
  '900144': refusal(
    'invalid_request',
    'The request body must contain the following parameter: a required one is missing.',
  ),
  '1002012': refusal(
    'invalid_scope',
    'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ),
  '7000112': refusal('unauthorized_client', 'Application is disabled.'),
  '7000215': refusal(
    'invalid_client',
    'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
    { status: 401 },
  ),
  '7000218': refusal(
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    { status: 401 },
  ),
  '7000222': refusal('invalid_client', 'The provided client secret keys are expired.', { status: 401 }),
  '9002325': refusal(
    'invalid_request',
    "Proof Key for Code Exchange is required, with code_challenge_method 'S256'.",
  ),
} as const satisfies Record<string, Refusal>;

export type AadstsCode = keyof typeof REFUSALS;
/** What a tenant's policies may demand from a person. */
export type PolicyRefusal = '53003' | '53000' | '50076';

/**
 * Thrown anywhere behind the sign-in pages and endpoints, which turn it into the error body or the error
 * redirect.
 */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(readonly code: AadstsCode) {
    super(`AADSTS${code}`);
  }
}

export const refusalStatus = (code: AadstsCode): number => REFUSALS[code].status;

/** The JSON body of the token endpoint, field for field. */
export function refusalBody(code: AadstsCode, clock: Clock): Record<string, unknown> {
  const { error, suberror }: Refusal = REFUSALS[code];
  const ids = { trace_id: randomUUID(), correlation_id: randomUUID() };
  const timestamp = `${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error,
    error_description: describe(code, ids, timestamp),
    error_codes: [Number(code)],
    timestamp,
    ...ids,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    ...(suberror ? { suberror } : {}),
  };
}

/**
 * The query values of a redirect back to the application. `cancelled`: a person pressed the button to refuse.
 */
export function refusalQuery(code: AadstsCode, clock: Clock, cancelled = false): Record<string, string> {
  const { error, error_description, error_uri } = refusalBody(code, clock);
  return {
    error: String(error),
    ...(cancelled ? { error_subcode: 'cancel' } : {}),
    error_description: String(error_description),
    error_uri: String(error_uri),
  };
}

const describe = (
  code: AadstsCode,
  ids: { trace_id: string; correlation_id: string },
  timestamp: string,
): string =>
  `AADSTS${code}: ${REFUSALS[code].text} Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${timestamp}`;
