import { MicrosoftRefused, marksIn } from '../../domain/tenants/refusals/microsoftRefused';
import { refusalOf } from '../../domain/tenants/refusals/refusalOf';

interface ReturnedError {
  error?: string | undefined;
  error_description?: string | undefined;
  error_subcode?: string | undefined;
}

/** What a redirect's query says of a refusal; nothing of it is believed but what has the form of a mark. */
export function refusedByRedirect(query: ReturnedError): MicrosoftRefused {
  const marks = marksIn(query.error_description);
  const { error = '', error_subcode: suberror } = query;
  return new MicrosoftRefused(refusalOf({ error, suberror, number: marks.number }), timed(marks));
}

/** What msal-node threw, as our own refusal; its texts stay behind, as they may quote the request. Other errors as they are. */
export function refusedByMsal(thrown: unknown): unknown {
  if (!isAuthError(thrown)) return thrown;
  if (thrown.refused instanceof MicrosoftRefused) return thrown.refused;
  const { errorCode: error, subError: suberror, claims, errorNo, errorMessage, timestamp } = thrown;
  const said = marksIn(`${errorMessage} Correlation ID: ${thrown.correlationId} Timestamp: ${timestamp}`);
  const marks = { ...said, ...(/^\d{4,9}$/.test(String(errorNo)) && { number: String(errorNo) }) };
  return new MicrosoftRefused(refusalOf({ error, suberror, number: marks.number, claims }), timed(marks));
}

/** When it was by our own clock, where Microsoft does not say it. */
const timed = (marks: ReturnType<typeof marksIn>) => ({
  at: `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`,
  ...marks,
});

interface AuthErrorLike {
  errorCode: string;
  errorMessage?: string;
  subError?: string;
  errorNo?: string | number;
  claims?: string;
  correlationId?: string;
  timestamp?: string;
  /** Of our own network module: what was found before the library saw it. */
  refused?: unknown;
}

const isAuthError = (thrown: unknown): thrown is AuthErrorLike =>
  thrown instanceof Error && 'errorCode' in thrown && typeof thrown.errorCode === 'string';
