/** True for names and addresses that stay on this machine; accepts a host as URLs and sockets write it. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/^::ffff:/i, '');
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** The parsed URL; undefined for anything but an absolute http(s) URL. */
export function httpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

/** True for https, and for http that stays on this machine. */
export function isPrivateOnTheWay(text: string): boolean {
  const url = httpUrl(text);
  return url?.protocol === 'https:' || (url !== undefined && isLoopbackHost(url.hostname));
}
