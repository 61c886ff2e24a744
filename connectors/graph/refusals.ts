import { MicrosoftRefused, marksIn } from '../../domain/tenants/refusals/microsoftRefused';
import { refusalOf } from '../../domain/tenants/refusals/refusalOf';

interface ReturnedError {
  error?: string | undefined;
  error_description?: string | undefined;
  error_subcode?: string | undefined;
}

/** The refusal in a redirect's query. Only values in the form of Microsoft's codes are taken from it. */
export function refusedByRedirect(query: ReturnedError): MicrosoftRefused {
  const marks = marksIn(query.error_description);
  const { error = '', error_subcode: suberror } = query;
  return new MicrosoftRefused(refusalOf({ error, suberror, number: marks.number }), timed(marks));
}

/**
 * Turns an error from msal-node into our own refusal. Its texts are dropped, since they may quote the
 * request. Other errors are returned unchanged.
 */
export function refusedByMsal(thrown: unknown): unknown {
  if (!isAuthError(thrown)) return thrown;
  if (thrown.refused instanceof MicrosoftRefused) return thrown.refused;
  const { errorCode: error, subError: suberror, claims, errorNo, errorMessage, timestamp } = thrown;
  const said = marksIn(`${errorMessage} Correlation ID: ${thrown.correlationId} Timestamp: ${timestamp}`);
  const marks = { ...said, ...(/^\d{4,9}$/.test(String(errorNo)) && { number: String(errorNo) }) };
  return new MicrosoftRefused(refusalOf({ error, suberror, number: marks.number, claims }), timed(marks));
}

export function throwByMsal(thrown: unknown): never {
  throw refusedByMsal(thrown);
}

/** Adds the time by our own clock where Microsoft does not say it. */
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
  /** What our own network module found before the library read the answer. */
  refused?: unknown;
}

const isAuthError = (thrown: unknown): thrown is AuthErrorLike =>
  thrown instanceof Error && 'errorCode' in thrown && typeof thrown.errorCode === 'string';
