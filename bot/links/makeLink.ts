import { linkUrl } from '../../api/page';
import { notAllowed } from '../../domain/errors';
import { type IssueDeps, issueLink } from '../../domain/links/issueLink';
import { noteButton, takeButton } from '../../domain/links/linkButton';
import { type LinkAsk, type LinkKindDeps, linkKinds } from '../../domain/links/linkKinds';
import type { LinkKind } from '../../domain/links/linkPolicy';
import type { LinkButton, LinkFacts } from '../../domain/links/oneTimeLink';
import { actorOf, type PeopleDeps } from '../../domain/people/people';
import type { Actor } from '../../domain/people/person';
import type { Needs } from '../../domain/stores/core';
import type { ButtonLink } from '../turns/reply';

type Deps = IssueDeps & LinkKindDeps;

/** Makes a one-time link for this person. Throws as `issueLink` does. */
export type MakeLink = (
  actor: Actor,
  ask: LinkAsk & { conversationKey?: string },
) => Promise<{ id: string; url: string; expiresAt: number }>;

export const createMakeLink =
  (deps: Deps, publicUrl: string): MakeLink =>
  async (actor, ask) => {
    const kind = linkKinds[ask.kind] as LinkKind<never, LinkFacts, Deps>;
    const { id, handle, expiresAt } = await issueLink(deps, kind, actor, ask as never);
    return { id, url: linkUrl(publicUrl, kind, handle), expiresAt };
  };

/**
 * The link of a button, made when the button is sent: the person who asked needs the permission at that
 * moment, too. `sent` notes the message, so that it can show when the link is over.
 */
export const createButtonLink =
  (
    deps: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people' | 'oneTimeLinks', 'clock' | 'log'>,
    makeLink: MakeLink,
  ): ButtonLink =>
  async (ask) => {
    const { conversationKey, personId: id, personName: name } = ask;
    const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
    const actor = await actorOf(deps, { id, name, conversationId });
    if (!actor) throw notAllowed('This person no longer has a role.');
    const before =
      ask.again && (await takeButton(deps, linkKinds[ask.kind] as never, actor, conversationKey));
    const { id: linkId, url } = await makeLink(actor, ask);
    const sent = (button: LinkButton) =>
      noteButton(deps, linkId, button).then(
        () => undefined,
        (err) => deps.log.warn({ err }, 'the message of a link could not be noted'),
      );
    return { url, sent, ...(before && { before: before.messageId }) };
  };
