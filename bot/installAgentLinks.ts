import { agentInstallLink } from '../api/agentInstall';
import { issueInstallLink } from '../domain/agents/installLink';
import type { PeopleDeps } from '../domain/people/people';
import { askerOf } from './linkAsker';
import type { Links } from './turns/reply';

/** Makes the one-time link to the install line when its button is sent; the person's permission is read anew. */
export const createInstallAgentLinks =
  (
    deps: Parameters<typeof issueInstallLink>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>,
    publicUrl: string,
  ): Links['installAgent'] =>
  async (ask) => {
    const actor = await askerOf(deps, ask);
    const { handle } = await issueInstallLink(deps, actor, ask.customerId);
    return agentInstallLink(publicUrl, handle);
  };
