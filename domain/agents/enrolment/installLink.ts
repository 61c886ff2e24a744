import { z } from 'zod';
import { activeCustomer } from '../../customers/changeCustomer';
import { chooseSources } from '../../customers/chooseSources';
import type { LinkKind } from '../../links/linkPolicy';
import { hashOf } from '../../links/oneTime';
import { type OwnerDeps, openForOwner, useLink } from '../../links/useLink';
import { change } from '../../stores/change';
import type { Needs } from '../../stores/core';
import type { ServerRole } from '../agent';
import { issueInstallToken } from './issueInstallToken';

const facts = z.object({
  customerId: z.string(),
  /** The documents of the tokens that its page made. */
  tokens: z.object({ domainController: z.string(), otherServer: z.string() }).optional(),
});
type Facts = z.output<typeof facts>;

/** Opens the page with the install commands for one customer. */
export const installLink: LinkKind<Pick<Facts, 'customerId'>, Facts, Needs<'customers'>> = {
  kind: 'installAgent',
  path: '/agents/install',
  permission: 'agents.manage',
  lifeMs: 10 * 60_000,
  once: true,
  bindsBrowser: 'owner',
  facts,
  words: {
    notOpen:
      'This link is unknown, used or older than ten minutes. Choose “Install agent” on the customer’s card for a new link.',
  },
  /** Throws notFound for a missing customer. */
  async prepare({ stores: { customers } }, { customerId }) {
    return { facts: { customerId: (await activeCustomer(customers, customerId)).id } };
  },
};

type OpenDeps = OwnerDeps & Needs<'customers'>;
export type InstallLinkDeps = Parameters<typeof issueInstallToken>[0] & OpenDeps & Needs<'deliveries'>;

/** The customer that the page is about; opening the page does not use the link. Throws as `openForOwner`. */
export async function openInstallLink(
  deps: OpenDeps,
  handle: string,
): Promise<{ customerName: string; personName: string }> {
  const { link } = await openForOwner(deps, installLink, handle);
  const customer = await activeCustomer(deps.stores.customers, link.value.facts.customerId);
  return { customerName: customer.value.name, personName: link.value.person.name };
}

/**
 * Makes a token for each server role, once for each link. From now on the customer waits for its agent. The
 * person's permission is read again. Throws as `openInstallLink`, and conflict for a link that is used twice
 * at the same moment.
 */
export async function useInstallLink(
  deps: InstallLinkDeps,
  handle: string,
): Promise<{ tokens: Record<ServerRole, string>; expiresAt: number; customerName: string }> {
  const { link, owner } = await openForOwner(deps, installLink, handle);
  const { customerId } = link.value.facts;
  const customer = await activeCustomer(deps.stores.customers, customerId);
  await useLink(deps, installLink, link);
  const wanted = { activeDirectory: true };
  await chooseSources(deps, owner, { customerId, wanted, requestId: link.id });
  const issue = (serverRole: ServerRole) =>
    issueInstallToken(deps, owner, { customerId, serverRole, requestId: `${link.id}:${serverRole}` });
  const { token, expiresAt } = await issue('domainController');
  const tokens = { domainController: token, otherServer: (await issue('otherServer')).token };
  await noteTokens(deps, link.id, tokens);
  return { tokens, expiresAt, customerName: customer.value.name };
}

/** So that the page can tell which of its commands was used. The store has only hashes. */
const noteTokens = (
  { stores: { oneTimeLinks } }: Needs<'oneTimeLinks'>,
  linkId: string,
  { domainController, otherServer }: Record<ServerRole, string>,
) =>
  change(oneTimeLinks, linkId, (link) => {
    const tokens = { domainController: hashOf(domainController), otherServer: hashOf(otherServer) };
    return { ...link, facts: { ...link.facts, tokens } };
  });
