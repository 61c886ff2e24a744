import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { linksIn } from './endLink';
import type { LinkPolicy } from './linkPolicy';
import type { LinkButton, OneTimeLink } from './oneTimeLink';

/** So long before its end a link that nobody used is shown as over: the store forgets it at its end. */
const BEFORE_END_MS = 5_000;

const isOver = ({ stage }: Pick<OneTimeLink, 'stage'>): boolean => stage === 'used' || stage === 'ended';

/** From when on the message with the button has to show that the link is over. */
export const endDue = (link: OneTimeLink): number | undefined => {
  if (!link.button || link.button.over) return undefined;
  return isOver(link) ? link.createdAt : link.expiresAt - BEFORE_END_MS;
};

/** Notes which message has the button of this link. */
export const noteButton = (
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  linkId: string,
  button: LinkButton,
): Promise<Stored<OneTimeLink> | undefined> => change(oneTimeLinks, linkId, (link) => ({ ...link, button }));

/** Takes the message of this person's last button of this kind, for the button of a newer link. */
export async function takeButton(
  deps: Needs<'oneTimeLinks'>,
  policy: LinkPolicy,
  actor: Actor,
  conversationKey: string,
): Promise<LinkButton | undefined> {
  const links = await linksIn(deps, policy, actor, conversationKey);
  const last = links.find(({ value }) => value.button);
  const { button: _taken, ...rest } = last?.value ?? {};
  const taken =
    last && (await unlessChanged(deps.stores.oneTimeLinks.replace(last, rest as typeof last.value)));
  return taken && last?.value.button;
}

/** Takes the message of a link, to show its end there; false when somebody else was faster. */
export async function takeOver(
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  link: Stored<OneTimeLink>,
  button: LinkButton,
): Promise<boolean> {
  const over = { ...link.value, button: { ...button, over: true as const } };
  return (await unlessChanged(oneTimeLinks.replace(link, over))) !== undefined;
}

/** The end could not be shown there: it is due again, unless a newer link has the message meanwhile. */
export const showEndLater = (
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  linkId: string,
  button: LinkButton,
): Promise<Stored<OneTimeLink> | undefined> =>
  change(oneTimeLinks, linkId, (link) => (link.button ? { ...link, button } : undefined));

/** What stands in the place of the button once the link is over. */
export function endOfButton(
  { stage, failure, button }: OneTimeLink,
  { code }: Pick<LinkPolicy, 'code'>,
): string {
  const title = button?.title ?? 'Link';
  if (stage === 'used') return `${title}: done ✓`;
  if (stage !== 'ended') return `${title}: this link was open for ten minutes and has ended.`;
  return failure === code?.newer
    ? `${title}: a newer link replaced this one.`
    : `${title}: this link has ended. Nothing was changed.`;
}

/** True when the chat has to hear why a link ended: the person did not end it there. */
export const endedOnPage = ({ stage, failure }: OneTimeLink, { code }: Pick<LinkPolicy, 'code'>): boolean =>
  stage === 'ended' && code !== undefined && failure !== code.newer && failure !== code.cancelled;
