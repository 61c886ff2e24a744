import { invalidInput } from '../errors';
import { type Integration, IT_GLUE_REGIONS } from './integration';
import type { KeyEntryDeps } from './integrationDeps';

export type ItGlueRegion = (typeof IT_GLUE_REGIONS)[number];

/**
 * `allowPrivate`: hosts on private networks are allowed; such a host may be an IP address, a single word, or
 * carry a port.
 */
interface HostOptions {
  allowPrivate?: boolean;
}

const EXAMPLE = 'docs.example.com';
const HOST_NAME =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9-]{2,63}$/;
/** A single word, an IPv4 or a bracketed IPv6 address, as the URL standard writes them. */
const LOCAL_NAME = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

/**
 * Returns the host of a Hudu as we keep it, also of a pasted address: lower case, international names in
 * ASCII, `host:port` only where private networks are allowed. Throws invalidInput with a sentence that says
 * what to type.
 */
export function parseHuduHost(typed: string, { allowPrivate = false }: HostOptions = {}): string {
  const text = typed.trim();
  if (!text) throw invalidInput(`Please type the host of your Hudu, such as ${EXAMPLE}.`);
  const parsed = urlOf(text);
  const host = parsed && hostOf(parsed, allowPrivate);
  if (!parsed || !host)
    throw invalidInput(`That is not a host name. Please type the host of your Hudu, such as ${EXAMPLE}.`);
  if (isPlain(text, parsed, allowPrivate)) return host;
  const part = allowPrivate ? 'without a name before it' : 'without a name before it or a port behind it';
  throw invalidInput(`Please type only the host, ${part}: ${host}`);
}

/**
 * Returns the region of an IT Glue account from its short name in any case. Throws invalidInput with a
 * sentence that names the regions.
 */
export function parseItGlueRegion(typed: string): ItGlueRegion {
  const text = typed.trim().toLowerCase();
  const region = IT_GLUE_REGIONS.find((known) => known === text);
  if (!region) throw invalidInput('IT Glue has the regions US, EU and AU. Please choose one of them.');
  return region;
}

/** Parses the host with all that the person typed or pasted around it. */
function urlOf(text: string): URL | undefined {
  if (/\s/.test(text)) return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(url) && /^https?:/i.test(url) ? new URL(url) : undefined;
}

function hostOf(url: URL, allowPrivate: boolean): string | undefined {
  const name = url.hostname.replace(/\.$/, '');
  if (!allowPrivate) return HOST_NAME.test(name) ? name : undefined;
  const known = HOST_NAME.test(name) || LOCAL_NAME.test(name);
  return known ? `${name}${url.port && `:${url.port}`}` : undefined;
}

/** A name before the host, or a backslash, can make another host look like this one. */
const isPlain = (text: string, { port, username, password }: URL, allowPrivate: boolean): boolean =>
  !text.includes('\\') && !username && !password && (allowPrivate || !port);

/** Returns the typed or chosen address as we keep it. Throws invalidInput. */
export const parseAddress = (
  { huduPrivateHosts }: Pick<KeyEntryDeps, 'huduPrivateHosts'>,
  { kind, address }: Pick<Integration, 'kind' | 'address'>,
): string =>
  kind === 'hudu' ? parseHuduHost(address, { allowPrivate: huduPrivateHosts }) : parseItGlueRegion(address);
