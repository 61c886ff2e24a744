/**
 * The JSON of an answer; undefined when it is none, which JSON itself never is. A byte order mark before it
 * counts as nothing: some servers and proxies write one.
 */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** Whether an answer is a page for people, of a proxy, a firewall or a sign-in, whatever it calls itself. */
export const isWebPage = (text: string, contentType = ''): boolean =>
  /^[\ufeff\s]*</.test(text) || (/^\s*text\/html\b/i.test(contentType) && jsonOf(text) === undefined);
