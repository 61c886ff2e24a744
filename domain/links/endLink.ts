import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { retried } from '../stores/retried';
import type { LinkPolicy } from './linkPolicy';
import type { LinkFacts, OneTimeLink } from './oneTimeLink';
import { type Opened, withFacts } from './openLink';

type Links = Needs<'oneTimeLinks'>;

const isOpen = ({ value: { stage } }: Stored<Pick<OneTimeLink, 'stage'>>): boolean =>
  stage !== 'used' && stage !== 'ended';

/**
 * The links of this kind that this person has in this conversation. The one that counts comes first: an open
 * one, even if the clocks of instances differ.
 */
export async function linksIn<Facts>(
  { stores: { oneTimeLinks } }: Links,
  policy: LinkPolicy<Facts>,
  actor: Actor,
  conversationKey: string,
): Promise<Opened<Facts>[]> {
  const where = { conversationKey, kind: policy.kind, personId: actor.id };
  const { items } = await oneTimeLinks.list({ where, limit: 100 });
  return items
    .map((link) => withFacts(policy, link))
    .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.value.createdAt - a.value.createdAt);
}

/**
 * Ends a link: nothing that it handed out works any more, and the secret that its page took is deleted.
 * Throws when somebody changed the link in between: try again.
 */
export function endLink<Facts extends LinkFacts>(
  { stores: { oneTimeLinks } }: Links,
  link: Opened<Facts>,
  failure: string,
  facts: Facts = link.value.facts,
): Promise<Stored<OneTimeLink>> {
  const { cookieHash: _cookie, stateHash: _state, codeHash: _code, key: _key, ...rest } = link.value;
  return oneTimeLinks.replace(link, { ...rest, facts, stage: 'ended', failure });
}

/** Ends all open links of this kind that this person has in this conversation, for one reason. */
export const endOpenLinks = <Facts extends LinkFacts>(
  deps: Links,
  policy: LinkPolicy<Facts>,
  actor: Actor,
  conversationKey: string,
  reason: string,
): Promise<void> =>
  retried(async () => {
    const next = async () => (await linksIn(deps, policy, actor, conversationKey)).find(isOpen);
    for (let open = await next(); open; open = await next()) await endLink(deps, open, reason);
  });
