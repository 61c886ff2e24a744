import { conflict, notAllowed } from '../errors';
import { actorOf, type PeopleDeps } from '../people/people';
import { DEEDS } from '../people/permit';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { LinkPolicy } from './linkPolicy';
import type { LinkFacts } from './oneTimeLink';
import { type LinkDeps, type Opened, openLink } from './openLink';

export type OwnerDeps = LinkDeps & Pick<PeopleDeps, 'firstAdmins'> & Needs<'people'>;

/**
 * The link of a handle, and the person whom it was made for, with what they may do now. Changes nothing. Throws as
 * `openLink`, and notAllowed when that person may not do any more what the link is for.
 */
export async function openForOwner<Facts>(
  deps: OwnerDeps,
  policy: LinkPolicy<Facts>,
  handle: string,
): Promise<{ link: Opened<Facts>; owner: Actor }> {
  const link = await openLink(deps, policy, handle);
  const { person, conversationId } = link.value;
  const owner = await actorOf(deps, { ...person, conversationId });
  if (!owner?.permissions.has(policy.permission))
    throw notAllowed(`This link was made for somebody who may not ${DEEDS[policy.permission]} any more.`);
  return { link, owner };
}

/** To be called before what the link gives is made: one that works once is used up. Throws conflict for two at once. */
export async function useLink<Facts extends LinkFacts>(
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  { once, words }: Pick<LinkPolicy, 'once' | 'words'>,
  link: Opened<Facts>,
): Promise<void> {
  if (!once) return;
  const used = { ...link.value, stage: 'used' } as const;
  if (!(await unlessChanged(oneTimeLinks.replace(link, used)))) throw conflict(words.notOpen);
}
