import { signInLink } from '../api/signIn';
import { notAllowed } from '../domain/errors';
import { actorOf, type PeopleDeps } from '../domain/people/people';
import { issueSignIn } from '../domain/tenants/issueSignIn';
import type { SignInAsk } from './turns/reply';

/** Makes the one-time link of a sign-in button when it is sent; the person's permission is read anew. */
export const createSignInLinks =
  (deps: Parameters<typeof issueSignIn>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>, publicUrl: string) =>
  async ({
    customerId,
    conversationKey,
    ownTenantMeant,
    personId,
    personName,
  }: SignInAsk): Promise<string> => {
    const conversationId = conversationKey.slice(0, conversationKey.lastIndexOf('|'));
    const actor = await actorOf(deps, { id: personId, name: personName, conversationId });
    if (!actor) throw notAllowed('This person has no role any more.');
    const { handle } = await issueSignIn(deps, actor, { customerId, conversationKey, ownTenantMeant });
    return signInLink(publicUrl, handle);
  };
