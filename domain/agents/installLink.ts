import { activeCustomer } from '../customers/changeCustomer';
import { conflict, notAllowed, notFound } from '../errors';
import type { LinkOwner } from '../links/visit';
import { actorOf, type PeopleDeps } from '../people/people';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Random, Stored } from '../ports';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import { hashOf } from '../tenants/oneTime';
import type { InstallLink, InstallPlace } from './agent';
import { issueInstallToken } from './issueInstallToken';

const INSTALL_LINK_MS = 10 * 60_000;

export type InstallLinkDeps = Parameters<typeof issueInstallToken>[0] &
  Pick<PeopleDeps, 'people' | 'firstAdmins'> &
  Pick<Stores, 'installLinks' | 'customers'> & { random: Random };

const AGAIN = 'Choose “Install agent” on the customer’s card for a new link.';
const NOT_OPEN = `This link is unknown, used or older than ten minutes. ${AGAIN}`;

/** Opens the page with the install line to this person, for ten minutes. The handle belongs into the link and nowhere else. Throws notAllowed, notFound. */
export async function issueInstallLink(
  deps: Pick<InstallLinkDeps, 'installLinks' | 'customers' | 'clock' | 'random'>,
  actor: Actor,
  customerId: string,
): Promise<{ handle: string }> {
  permit(actor, 'agents.manage');
  const { id } = await activeCustomer(deps.customers, customerId);
  const handle = deps.random.token(32);
  const now = deps.clock.now();
  await deps.installLinks.insert(hashOf(handle), {
    customerId: id,
    person: { id: actor.id, name: actor.name },
    conversationId: actor.conversationId,
    createdAt: now,
    expiresAt: now + INSTALL_LINK_MS,
  });
  return { handle };
}

/**
 * Whose agent the page is about; opening it uses nothing up. Throws notFound, and notAllowed when the person
 * lost the role.
 */
export async function openInstallLink(
  deps: Pick<InstallLinkDeps, 'installLinks' | 'customers' | 'clock' | 'people' | 'firstAdmins'>,
  handle: string,
): Promise<{ customerName: string; personName: string }> {
  const { value } = await openLink(deps, handle);
  await askerOf(deps, value);
  const customer = await activeCustomer(deps.customers, value.customerId);
  return { customerName: customer.value.name, personName: value.person.name };
}

/**
 * A token for each kind of server, once for a link. The person's permission is read anew. Throws notFound,
 * notAllowed, and conflict for a link that is used twice in one moment.
 */
export async function useInstallLink(
  deps: InstallLinkDeps,
  handle: string,
): Promise<{ tokens: Record<InstallPlace, string>; expiresAt: number; customerName: string }> {
  const link = await openLink(deps, handle);
  const { customerId } = link.value;
  const actor = await askerOf(deps, link.value);
  const customer = await activeCustomer(deps.customers, customerId);
  const shown = { ...link.value, shownAt: deps.clock.now() };
  if (!(await unlessChanged(deps.installLinks.replace(link, shown)))) throw conflict(NOT_OPEN);
  const issue = (place: InstallPlace) =>
    issueInstallToken(deps, actor, { customerId, place, requestId: `${link.id}:${place}` });
  const { token, expiresAt } = await issue('domainController');
  const tokens = { domainController: token, otherServer: (await issue('otherServer')).token };
  return { tokens, expiresAt, customerName: customer.value.name };
}

/** Who asked for the link, with what they may do now. Throws notAllowed. */
async function askerOf(
  deps: Pick<InstallLinkDeps, 'people' | 'firstAdmins' | 'clock'>,
  { person, conversationId }: InstallLink,
): Promise<Actor> {
  const actor = await actorOf(deps, { ...person, conversationId });
  if (!actor) throw notAllowed('The person whom this link was made for has no role any more.');
  permit(actor, 'agents.manage');
  return actor;
}

async function openLink(
  { installLinks, clock }: Pick<InstallLinkDeps, 'installLinks' | 'clock'>,
  handle: string,
): Promise<Stored<InstallLink>> {
  const link = await installLinks.get(hashOf(handle));
  if (!link || link.value.shownAt !== undefined || link.value.expiresAt <= clock.now())
    throw notFound(NOT_OPEN);
  return link;
}

/** Whose link it is; nothing is looked at behind it. Throws notFound. */
export async function installLinkOwner(
  deps: Pick<InstallLinkDeps, 'installLinks' | 'clock'>,
  handle: string,
): Promise<LinkOwner> {
  const { person, conversationId, expiresAt } = (await openLink(deps, handle)).value;
  return { person, conversationId, expiresAt };
}
