import type { IncomingMessage } from 'node:http';
import { domainToUnicode } from 'node:url';
import { isLoopbackHost } from '../channel/loopback';
import { remembered } from './remembered';

const WRITTEN = /^(?:(?!.{254})[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** A Punycode label that decodes to nothing. Node 20 refuses such a name by itself, Node 26 accepts it. */
const UNDECODED = /(?:^|\.)xn--/;

/** The name or address of a Host header in lower case, without its port; undefined for anything else. */
export const parseHost = remembered((header: string): string | undefined => {
  if (!WRITTEN.test(header) || !URL.canParse(`http://${header}`)) return undefined;
  const host = new URL(`http://${header}`).hostname.replace(/\.$/, '');
  return UNDECODED.test(domainToUnicode(host)) ? undefined : host;
});

/** The one Host that a request names: 'none' without one, 'bad' for two, or for an unreadable one. */
export function hostOf({ rawHeaders, headers }: IncomingMessage): string | 'none' | 'bad' {
  const named = rawHeaders.filter(
    (name, n) => n % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host',
  );
  if (named.length === 0) return 'none';
  return (named.length === 1 && parseHost(headers.host ?? '')) || 'bad';
}

/**
 * Whether a request is for this bot: it names the host of PUBLIC_URL, or one of `allowedHosts`. A client on
 * this machine (a proxy, the Playground) may also name the machine itself.
 */
export function createHostCheck(publicUrl: string, allowedHosts: readonly string[] = []) {
  const ours = new Set([parseHost(new URL(publicUrl).host), ...allowedHosts]);
  return (host: string, peer: string | undefined): boolean =>
    ours.has(host) || (isLoopbackHost(host) && isLoopbackHost(peer ?? ''));
}
