/** What a request asks for: `path` unchanged, in its one valid form. */
export interface Target {
  path: string;
  query: Record<string, string>;
}

const PATH = /^\/[\w.~!$&'()*+,;=:@/-]*$/;
const DOT_SEGMENT = /(^|\/)\.{1,2}(\/|$)/;

/**
 * Splits the target of a request. Undefined for anything but a path with a query: an absolute URL, `*`, a
 * fragment, or a path with a second spelling (`%61`, `/../`, a backslash), which a proxy may read
 * differently.
 */
export function parseTarget(target: string | undefined): Target | undefined {
  const [, path = '', search] = /^([^?#]*)(?:\?([^#]*))?$/s.exec(target ?? '') ?? [];
  if (!PATH.test(path) || DOT_SEGMENT.test(path)) return undefined;
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}
