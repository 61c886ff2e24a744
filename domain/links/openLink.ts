import { conflict, notAllowed, notFound } from '../errors';
import type { Random, Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { LinkPolicy } from './linkPolicy';
import { hashOf, matches } from './oneTime';
import type { LinkFacts, OneTimeLink } from './oneTimeLink';

export type LinkDeps = Needs<'oneTimeLinks', 'clock'>;

export type Opened<Facts> = Stored<OneTimeLink<Facts>>;

/** A link of this kind, with its facts parsed by the kind's schema. */
export const withFacts = <Facts>({ facts }: LinkPolicy<Facts>, link: Stored<OneTimeLink>): Opened<Facts> => ({
  ...link,
  value: { ...link.value, facts: facts.parse(link.value.facts) },
});

/**
 * The link of a handle. Changes nothing: mail scanners and previews look, too. Throws notFound for a link
 * that is unknown, of another kind, used, ended or too old, notAllowed for one whose page is finished.
 */
export async function openLink<Facts>(
  { stores: { oneTimeLinks }, clock }: LinkDeps,
  policy: LinkPolicy<Facts>,
  handle: string,
): Promise<Opened<Facts>> {
  const { words } = policy;
  const link = await oneTimeLinks.get(hashOf(handle));
  if (!link || link.value.kind !== policy.kind || link.value.expiresAt <= clock.now())
    throw notFound(words.notOpen);
  const { stage, failure } = link.value;
  if (words.finished && (stage === 'code' || stage === 'used')) throw notAllowed(words.finished);
  if (stage === 'used' || stage === 'ended') throw notFound(failure ?? words.notOpen);
  return withFacts(policy, link);
}

/** A link that was used, while its time lasts: its page goes on. Throws notFound. */
export async function usedLink<Facts>(
  { stores: { oneTimeLinks }, clock }: LinkDeps,
  policy: LinkPolicy<Facts>,
  handle: string,
): Promise<Opened<Facts>> {
  const link = await oneTimeLinks.get(hashOf(handle));
  if (link?.value.kind !== policy.kind || link.value.stage !== 'used' || link.value.expiresAt <= clock.now())
    throw notFound(policy.words.notOpen);
  return withFacts(policy, link);
}

export const OTHER_BROWSER =
  'This link was used in another browser first, or this browser refuses cookies. Go on where it was used, or ask for a new link in the chat.';

/** The cookie of the browser that the link is bound to. Throws notAllowed for another browser. */
export function ownCookie(
  { words }: Pick<LinkPolicy, 'words'>,
  { value }: Stored<Pick<OneTimeLink, 'cookieHash'>>,
  cookie: string | undefined,
): string {
  if (!cookie || !matches(cookie, value.cookieHash)) throw notAllowed(words.otherBrowser ?? OTHER_BROWSER);
  return cookie;
}

/**
 * Binds the link to the first browser that goes on from it and gives that browser `cookie`; the browser may
 * go on once more. Throws notAllowed for another browser, and conflict when two go on at once.
 */
export async function bindBrowser<Facts extends LinkFacts>(
  deps: LinkDeps & { random: Random },
  policy: Pick<LinkPolicy, 'words'>,
  link: Opened<Facts>,
  given: string | undefined,
  more: Partial<Pick<OneTimeLink<Facts>, 'stateHash' | 'facts'>> = {},
): Promise<string> {
  const first = link.value.stage === 'issued';
  const cookie = first ? deps.random.token(32) : ownCookie(policy, link, given);
  const bound = { ...link.value, ...more, stage: 'opened', cookieHash: hashOf(cookie) } as const;
  if (!(await unlessChanged(deps.stores.oneTimeLinks.replace(link, bound)))) throw conflict(OPENED_TWICE);
  return cookie;
}

const OPENED_TWICE =
  'This link is being opened twice at this moment. Close the other window and open it again.';
