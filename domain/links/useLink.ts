import { conflict, notAllowed } from '../errors';
import { actorOf, type PeopleDeps } from '../people/people';
import { DEEDS } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { LinkPolicy } from './linkPolicy';
import type { LinkFacts, OneTimeLink } from './oneTimeLink';
import { type LinkDeps, type Opened, openLink } from './openLink';

export type OwnerDeps = LinkDeps & Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>;

/**
 * The link of a handle, and the person for whom it was made, with what they may do now. Changes nothing.
 * Throws as `openLink`, and notAllowed when that person has lost the link's permission.
 */
export async function openForOwner<Facts>(
  deps: OwnerDeps,
  policy: LinkPolicy<Facts>,
  handle: string,
): Promise<{ link: Opened<Facts>; owner: Actor }> {
  const link = await openLink(deps, policy, handle);
  return { link, owner: await ownerOf(deps, policy, link.value) };
}

/**
 * The person for whom a link was made, with what they may do now. Throws notAllowed when that person has lost
 * the link's permission.
 */
export async function ownerOf(
  deps: OwnerDeps,
  { permission }: Pick<LinkPolicy, 'permission'>,
  { person, conversationId }: Pick<OneTimeLink, 'person' | 'conversationId'>,
): Promise<Actor> {
  const owner = await actorOf(deps, { ...person, conversationId });
  if (!owner?.permissions.has(permission))
    throw notAllowed(`This link was made for somebody who may not ${DEEDS[permission]} any more.`);
  return owner;
}

/**
 * Call this before you make what the link gives: it uses up a link that works once. Throws conflict when two
 * use it at once.
 */
export async function useLink<Facts extends LinkFacts>(
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  { once, words }: Pick<LinkPolicy, 'once' | 'words'>,
  link: Opened<Facts>,
): Promise<void> {
  if (!once) return;
  const used = { ...link.value, stage: 'used' } as const;
  if (!(await unlessChanged(oneTimeLinks.replace(link, used)))) throw conflict(words.notOpen);
}
