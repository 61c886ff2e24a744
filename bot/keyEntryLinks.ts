import { keyEntryLink } from '../api/keyEntry';
import { issueKeyEntry } from '../domain/integrations/issueKeyEntry';
import type { PeopleDeps } from '../domain/people/people';
import { askerOf } from './linkAsker';
import type { Links } from './turns/reply';

/** Makes the one-time link to the page for an API key when its button is sent; the person's permission is read anew. */
export const createKeyEntryLinks =
  (
    deps: Parameters<typeof issueKeyEntry>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>,
    publicUrl: string,
  ): Links['keyEntry'] =>
  async (ask) => {
    const { account, conversationKey } = ask;
    const actor = await askerOf(deps, ask);
    const { handle } = await issueKeyEntry(deps, actor, { account, conversationKey });
    return keyEntryLink(publicUrl, handle);
  };
