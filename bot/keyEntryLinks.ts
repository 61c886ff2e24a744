import { keyEntryLink } from '../api/keyEntry';
import { notAllowed } from '../domain/errors';
import { issueKeyEntry } from '../domain/integrations/issueKeyEntry';
import { actorOf, type PeopleDeps } from '../domain/people/people';
import type { Links } from './turns/reply';

/** Makes the one-time link to the page for an API key when its button is sent; the person's permission is read anew. */
export const createKeyEntryLinks =
  (
    deps: Parameters<typeof issueKeyEntry>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>,
    publicUrl: string,
  ): Links['keyEntry'] =>
  async ({ account, conversationKey, personId, personName }) => {
    const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
    const actor = await actorOf(deps, { id: personId, name: personName, conversationId });
    if (!actor) throw notAllowed('This person has no role any more.');
    const { handle } = await issueKeyEntry(deps, actor, { account, conversationKey });
    return keyEntryLink(publicUrl, handle);
  };
