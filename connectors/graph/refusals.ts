import { MicrosoftRefused, type SignInRefusal } from '../../domain/tenants/ports';

/** An OAuth error, from a redirect's query or from the token endpoint. */
export interface OAuthError {
  error: string;
  suberror?: string;
  /** The AADSTS number, which only chooses between wordings. */
  number?: string;
  /** A claims challenge: a policy asks for more. */
  claims?: string;
}

const POLICY: Record<string, SignInRefusal> = {
  '50072': 'mfaNeeded',
  '50074': 'mfaNeeded',
  '50076': 'mfaNeeded',
  '50079': 'mfaNeeded',
  '53000': 'deviceNeeded',
  '53001': 'deviceNeeded',
  '53002': 'deviceNeeded',
  '53003': 'conditionalAccess',
  '530035': 'conditionalAccess',
};

const policyOf = ({ suberror, number = '' }: OAuthError): SignInRefusal =>
  POLICY[number] ?? (suberror === 'basic_action' ? 'mfaNeeded' : 'conditionalAccess');

function grantRefusal(error: OAuthError): SignInRefusal {
  if (error.suberror === 'consent_required') return 'adminConsentNeeded';
  if (error.claims || POLICY[error.number ?? '']) return policyOf(error);
  return 'codeUsed';
}

const accessRefusal = ({ suberror, number = '' }: OAuthError): SignInRefusal => {
  if (suberror === 'cancel') return 'declined';
  return ['90094', '90095'].includes(number) ? 'adminConsentNeeded' : (POLICY[number] ?? 'declined');
};

const BY_ERROR: Record<string, (error: OAuthError) => SignInRefusal> = {
  access_denied: accessRefusal,
  consent_required: () => 'adminConsentNeeded',
  interaction_required: policyOf,
  login_required: policyOf,
  invalid_grant: grantRefusal,
  invalid_client: () => 'ourCredential',
  unauthorized_client: () => 'consentLost',
  invalid_tenant: () => 'tenantNotFound',
  invalid_request: ({ number }) => (number === '90002' ? 'tenantNotFound' : 'other'),
  temporarily_unavailable: () => 'unavailable',
  server_error: () => 'unavailable',
  network_error: () => 'unavailable',
  request_timeout: () => 'unavailable',
};

/** Microsoft's refusal in our terms, told apart by `error` and claims. */
export const refusalOf = (error: OAuthError): SignInRefusal => BY_ERROR[error.error]?.(error) ?? 'other';

/** The AADSTS number of an error description. */
export const aadstsNumber = (description = ''): string | undefined => /AADSTS(\d+)/.exec(description)?.[1];

/** What msal-node threw, as our own refusal; its texts stay behind, as they may quote the request. Other errors as they are. */
export function refusedByMsal(thrown: unknown): unknown {
  if (!isAuthError(thrown)) return thrown;
  const { errorCode, subError, errorNo, claims, correlationId } = thrown;
  const number = errorNo === undefined ? aadstsNumber(thrown.errorMessage) : String(errorNo);
  const refusal = refusalOf({ error: errorCode, suberror: subError, number, claims });
  return new MicrosoftRefused(refusal, correlationId);
}

interface AuthErrorLike {
  errorCode: string;
  errorMessage?: string;
  subError?: string;
  errorNo?: string | number;
  claims?: string;
  correlationId?: string;
}

const isAuthError = (thrown: unknown): thrown is AuthErrorLike =>
  thrown instanceof Error && 'errorCode' in thrown && typeof thrown.errorCode === 'string';
