import { z } from 'zod';
import { activeCustomer } from '../customers/changeCustomer';
import type { LinkKind } from '../links/linkPolicy';
import { type LinkDeps, openLink, ownerOf, useUp } from '../links/openLink';
import type { PeopleDeps } from '../people/people';
import type { Stores } from '../stores/stores';
import type { InstallPlace } from './agent';
import { issueInstallToken } from './issueInstallToken';

const facts = z.object({ customerId: z.string() });
type Facts = z.output<typeof facts>;
const AGAIN = 'Choose “Install agent” on the customer’s card for a new link.';

/** Opens the page with the install lines for one customer. */
export const installLink: LinkKind<Facts, Facts, Pick<Stores, 'customers'>> = {
  kind: 'installAgent',
  path: '/agents/install',
  permission: 'agents.manage',
  lifeMs: 10 * 60_000,
  once: true,
  bindsBrowser: 'owner',
  facts,
  words: {
    notOpen: `This link is unknown, used or older than ten minutes. ${AGAIN}`,
    lost: 'The person whom this link was made for may not install agents any more.',
    otherBrowser: `This link was used in another browser first. ${AGAIN}`,
  },
  /** Throws notFound for a customer that is not there. */
  async prepare({ customers }, _actor, { customerId }) {
    return { facts: { customerId: (await activeCustomer(customers, customerId)).id } };
  },
};

interface OpenDeps extends LinkDeps, Pick<PeopleDeps, 'people' | 'firstAdmins'>, Pick<Stores, 'customers'> {}
export type InstallLinkDeps = Parameters<typeof issueInstallToken>[0] & OpenDeps;

/** Whose agent the page is about; opening it uses nothing up. Throws as `openLink` and `ownerOf`. */
export async function openInstallLink(
  deps: OpenDeps,
  handle: string,
): Promise<{ customerName: string; personName: string }> {
  const link = await openLink(deps, installLink, handle);
  await ownerOf(deps, installLink, link);
  const customer = await activeCustomer(deps.customers, link.value.facts.customerId);
  return { customerName: customer.value.name, personName: link.value.person.name };
}

/**
 * A token for each kind of server, once for a link. The person's permission is read anew. Throws as
 * `openInstallLink`, and conflict for a link that is used twice in one moment.
 */
export async function useInstallLink(
  deps: InstallLinkDeps,
  handle: string,
): Promise<{ tokens: Record<InstallPlace, string>; expiresAt: number; customerName: string }> {
  const link = await openLink(deps, installLink, handle);
  const actor = await ownerOf(deps, installLink, link);
  const { customerId } = link.value.facts;
  const customer = await activeCustomer(deps.customers, customerId);
  await useUp(deps, installLink, link);
  const issue = (place: InstallPlace) =>
    issueInstallToken(deps, actor, { customerId, place, requestId: `${link.id}:${place}` });
  const { token, expiresAt } = await issue('domainController');
  const tokens = { domainController: token, otherServer: (await issue('otherServer')).token };
  return { tokens, expiresAt, customerName: customer.value.name };
}
