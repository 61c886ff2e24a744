/**
 * The JSON of an answer; undefined: it is not JSON, since JSON itself has no undefined. It ignores a byte
 * order mark, which some servers and proxies write.
 */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** Whether an answer is a page for people, from a proxy, a firewall or a sign-in, whatever its type says. */
export const isWebPage = (text: string, contentType = ''): boolean =>
  /^[\ufeff\s]*</.test(text) || (/^\s*text\/html\b/i.test(contentType) && jsonOf(text) === undefined);
