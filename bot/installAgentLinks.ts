import { agentInstallLink } from '../api/agentInstall';
import { issueInstallLink } from '../domain/agents/installLink';
import { notAllowed } from '../domain/errors';
import { actorOf, type PeopleDeps } from '../domain/people/people';
import type { Links } from './turns/reply';

/** Makes the one-time link to the install line when its button is sent; the person's permission is read anew. */
export const createInstallAgentLinks =
  (
    deps: Parameters<typeof issueInstallLink>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>,
    publicUrl: string,
  ): Links['installAgent'] =>
  async ({ customerId, conversationKey, personId, personName }) => {
    const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
    const actor = await actorOf(deps, { id: personId, name: personName, conversationId });
    if (!actor) throw notAllowed('This person has no role any more.');
    const { handle } = await issueInstallLink(deps, actor, customerId);
    return agentInstallLink(publicUrl, handle);
  };
