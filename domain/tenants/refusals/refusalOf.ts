import { REFUSALS, type RefusalRow, type SignInRefusal } from './refusalTable';

/** An OAuth error, from a redirect's query or from the token endpoint. */
export interface OAuthError {
  error: string;
  suberror?: string | undefined;
  /** The AADSTS number. */
  number?: string | undefined;
  /** A claims challenge: a policy asks for more. */
  claims?: string | undefined;
}

const BY_NUMBER = indexOf(({ numbers = [] }) => numbers.map(String));
const BY_SUBERROR = indexOf(({ suberrors = [] }) => suberrors);
const BY_ERROR = indexOf(({ errors = [] }) => errors);

/**
 * Finds Microsoft's refusal in the table: by its number, else its suberror, a policy's challenge, its
 * error. For an unknown number the error decides only "try later": what an error usually means must
 * not blame anybody.
 */
export function refusalOf({ error, suberror = '', number = '', claims }: OAuthError): SignInRefusal {
  const known = BY_NUMBER.get(number) ?? BY_SUBERROR.get(suberror);
  if (known) return known;
  if (claims) return 'conditionalAccess';
  const usual = BY_ERROR.get(error) ?? 'other';
  return number && usual !== 'unavailable' ? 'other' : usual;
}

function indexOf(keysOf: (row: RefusalRow) => readonly string[]): ReadonlyMap<string, SignInRefusal> {
  const rows = Object.entries(REFUSALS) as [SignInRefusal, RefusalRow][];
  return new Map(rows.flatMap(([refusal, row]) => keysOf(row).map((key) => [key, refusal] as const)));
}
