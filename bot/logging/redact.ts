import { LRUCache } from 'lru-cache';

const gone = '[redacted]';
/**
 * Compared without case, `-` and `_`; `token`, `secret`, `password` also match at the end of a longer name.
 */
const secretNames = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'code',
  'state',
  'nonce',
  'handle',
  'verifier',
  'codeverifier',
  'assertion',
  'clientassertion',
  'key',
  'apikey',
  'privatekey',
  'connectionstring',
  'mongodburi',
  'credential',
  'credentials',
  'text',
  'body',
  'query',
  'value',
  'attachments',
  'entities',
]);
const secretEnding = /(token|secret|password|passwd|cookie)s?$/;
const deepest = 6;
const MOST_JUDGED = 1000;

/**
 * A copy that is safe to log: nothing under a secret name, no query string, no token inside a text, errors
 * without what libraries attach to them.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (depth >= deepest) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, judged.memo(name) ? gone : redact(item, depth + 1)]),
  );
}

/** There are few field names; each is judged once. */
const judged = new LRUCache<string, boolean>({
  max: MOST_JUDGED,
  memoMethod(name) {
    const bare = name.toLowerCase().replace(/[-_]/g, '');
    return secretNames.has(bare) || secretEnding.test(bare);
  },
});

/** A single word, or a path of words, has none of the marks that the patterns below look for. */
const WORDS = /^[\w/-]*$/;

function redactText(text: string): string {
  if (WORDS.test(text)) return text;
  return text
    .replace(/([a-z][a-z+]*:\/\/)[^\s"'<>]*@/gi, `$1${gone}@`)
    .replace(/((?:https?:\/\/|\/)[^\s?#"'<>]*)[?#][^\s"'<>]+/gi, `$1?${gone}`)
    .replace(/\bey[\w-]{8,}\.[\w-]+\.[\w-]*/g, gone)
    .replace(/\bBearer\s+[\w.~+/=-]+/gi, `Bearer ${gone}`)
    .replace(
      /((?:secret|token|password|passwd|assertion|verifier)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
      `$1${gone}`,
    )
    .replace(/(\bcode=)[^\s"'&]+/g, `$1${gone}`);
}

/** The `code` of an error is a name like ECONNREFUSED, not a secret: it is kept as `errorCode`. */
function redactError(error: Error & { code?: unknown; statusCode?: unknown }, depth: number): unknown {
  return {
    type: error.name,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    errorCode: typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined,
    statusCode: typeof error.statusCode === 'number' ? error.statusCode : undefined,
    cause: error.cause === undefined ? undefined : redact(error.cause, depth + 1),
  };
}
