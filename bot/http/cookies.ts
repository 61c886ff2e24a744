/**
 * The request's cookies by name; the first of a name counts. A value that cannot be decoded stays as it is.
 */
export function parseCookies(header: string | undefined): Record<string, string | undefined> {
  const cookies: Record<string, string | undefined> = Object.create(null);
  for (const part of (header ?? '').split(';')) {
    const [name = '', ...rest] = part.trim().split('=');
    if (name && rest.length > 0) cookies[name] ??= decode(rest.join('=').replace(/^"|"$/g, ''));
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
