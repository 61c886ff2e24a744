import { signInLink } from '../api/signIn';
import type { PeopleDeps } from '../domain/people/people';
import { issueSignIn } from '../domain/tenants/issueSignIn';
import { askerOf } from './linkAsker';
import type { SignInAsk } from './turns/reply';

/** Makes the one-time link of a sign-in button when it is sent; the person's permission is read anew. */
export const createSignInLinks =
  (deps: Parameters<typeof issueSignIn>[0] & Pick<PeopleDeps, 'people' | 'firstAdmins'>, publicUrl: string) =>
  async (ask: SignInAsk): Promise<string> => {
    const { customerId, conversationKey, ownTenantMeant } = ask;
    const actor = await askerOf(deps, ask);
    const { handle } = await issueSignIn(deps, actor, { customerId, conversationKey, ownTenantMeant });
    return signInLink(publicUrl, handle);
  };
