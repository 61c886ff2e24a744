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
 * Microsoft's refusal as the table tells it: by its number, else its suberror, a challenge of a policy, its
 * error. A number that is not known takes from the error all but "try later": what an error usually means is
 * no ground to blame anybody.
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
