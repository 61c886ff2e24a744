import { linkUrl } from '../../api/page';
import { notAllowed } from '../../domain/errors';
import { type IssueDeps, issueLink } from '../../domain/links/issueLink';
import { type LinkAsk, type LinkKindDeps, linkKinds } from '../../domain/links/linkKinds';
import type { LinkKind } from '../../domain/links/linkPolicy';
import type { LinkFacts } from '../../domain/links/oneTimeLink';
import { actorOf, type PeopleDeps } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { Needs } from '../../domain/stores/core';
import type { Asker } from '../turns/reply';

type Deps = IssueDeps & LinkKindDeps;

/** Makes a one-time link for this person. Throws as `issueLink` does. */
export type MakeLink = (
  actor: Actor,
  ask: LinkAsk & { conversationKey?: string },
) => Promise<{ url: string; expiresAt: number }>;

export const createMakeLink =
  (deps: Deps, publicUrl: string): MakeLink =>
  async (actor, ask) => {
    const kind = linkKinds[ask.kind] as LinkKind<never, LinkFacts, Deps>;
    const { handle, expiresAt } = await issueLink(deps, kind, actor, ask as never);
    return { url: linkUrl(publicUrl, kind, handle), expiresAt };
  };

/**
 * The link of a button, made when the button is sent: the person who asked needs the permission at that
 * moment, too.
 */
export const createButtonLink =
  (deps: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people', 'clock'>, makeLink: MakeLink) =>
  async (ask: LinkAsk & Asker): Promise<string> => {
    const { conversationKey, personId: id, personName: name } = ask;
    const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
    const actor = await actorOf(deps, { id, name, conversationId });
    if (!actor) throw notAllowed('This person has no role any more.');
    return (await makeLink(actor, ask)).url;
  };
