/** What a request asks for: `path` as it came, in the one form that names it. */
export interface Target {
  path: string;
  query: Record<string, string>;
}

const PATH = /^\/[\w.~!$&'()*+,;=:@/-]*$/;
const DOT_SEGMENT = /(^|\/)\.{1,2}(\/|$)/;

/**
 * Takes the target of a request apart, without its Host. Undefined for what is not a path with a query: an
 * absolute URL, `*`, a fragment, and a path that could be written in another way (`%61`, `/../`, a
 * backslash), which a proxy may read differently.
 */
export function parseTarget(target: string | undefined): Target | undefined {
  const [, path = '', search] = /^([^?#]*)(?:\?([^#]*))?$/s.exec(target ?? '') ?? [];
  if (!PATH.test(path) || DOT_SEGMENT.test(path)) return undefined;
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}
