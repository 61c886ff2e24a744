import { type MongoClient, type MongoError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { isUnauthorized, isWrongPassword } from './mongoErrors';

const MOST_CHARACTERS = 300;

/** Says why the database cannot be used, and what to do. Quotes the server, without the URI's credentials. */
export function sentenceOf(error: MongoError, client: MongoClient, hosts: string, database: string): string {
  if (isWrongPassword(error))
    return `MongoDB at ${hosts} refused the user name or the password. Check both, and authSource, in the MongoDB URI.`;
  if (isUnauthorized(error))
    return `The MongoDB user at ${hosts} may not use the database ${database}. Give it the role readWrite there.`;
  const said = saidBy(error);
  if (said) return `MongoDB at ${hosts} can be reached, but refuses: ${withoutSecrets(said, client)}`;
  const code = codeOf(error);
  if (isCertificate(code))
    return `MongoDB at ${hosts} has a certificate that is not trusted (${code}). Name its authority by tlsCAFile in the MongoDB URI, and the server by the name in the certificate.`;
  return `MongoDB at ${hosts} cannot be reached${code ? ` (${code})` : ''}. Check that it runs, that its replica set has a primary, and that the host in the MongoDB URI is right.`;
}

/** The words of a server that answered, or the driver's words about an answer that it cannot use. */
function saidBy(error: MongoError): string | undefined {
  if (error instanceof MongoServerError)
    return `“${error.message}” (${error.codeName ?? 'code'} ${error.code ?? 'unknown'})`;
  if (error.name === 'MongoCompatibilityError') return `“${error.message}”`;
  const reason = causesOf(error).find((cause) => cause !== error && cause instanceof MongoServerError);
  return reason && saidBy(reason as MongoError);
}

/** The system's error code behind a network error. */
function codeOf(error: MongoError): string | undefined {
  const codes = causesOf(error).map((cause) => (cause as NodeJS.ErrnoException).code);
  return codes.find((code) => typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code));
}

const isCertificate = (code = '') => /CERT|SIGNATURE|ISSUER|ALTNAME/.test(code);

/** The error, its causes, and the last error of each server when no server could be selected. */
function causesOf(error: Error): Error[] {
  const seen = new Set<Error>();
  const walk = (one: unknown): void => {
    if (!(one instanceof Error) || seen.has(one) || seen.size > 20) return;
    seen.add(one);
    walk(one.cause);
    if (one instanceof MongoServerSelectionError)
      for (const server of one.reason?.servers.values() ?? []) walk(server.error);
  };
  walk(error);
  return [...seen];
}

function withoutSecrets(said: string, { options }: MongoClient): string {
  const { username, password } = options.credentials ?? {};
  const secrets = [password, username].flatMap((secret) =>
    secret ? [secret, encodeURIComponent(secret)] : [],
  );
  let text = said.replace(/\p{Cc}+/gu, ' ').replace(/\b(mongodb(?:\+srv)?:\/\/)[^@\s]*@/gi, '$1');
  for (const secret of secrets) text = text.replaceAll(secret, '…');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
