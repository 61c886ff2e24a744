import { activeCustomer } from '../../customers/changeCustomer';
import type { CodePolicy } from '../../links/code';
import type { LinkKind } from '../../links/linkPolicy';
import type { Needs } from '../../stores/core';
import { type SignInFacts, signInFacts } from './signInFacts';

type Ask = Pick<SignInFacts, 'customerId' | 'ownTenantMeant'>;

/** Sends a customer's administrator to Microsoft, to sign in and to accept the permissions. */
export const signInLink: LinkKind<Ask, SignInFacts, Needs<'customers'>> & CodePolicy<SignInFacts> = {
  kind: 'signIn',
  path: '/signin/start',
  permission: 'tenants.connect',
  lifeMs: 10 * 60_000,
  once: true,
  bindsBrowser: 'first',
  /** Limits how many codes a person can guess, over all links. */
  mostPerPerson: {
    links: 15,
    sentence:
      'You asked for many sign-in links in the last ten minutes. Wait a few minutes, then ask for a new one.',
  },
  facts: signInFacts,
  words: {
    notOpen: 'This sign-in link is unknown or older than ten minutes. Go back to the chat and start again.',
    otherBrowser:
      'This sign-in was begun in another browser, or this browser refuses cookies. Go on where it was begun, or start again in the chat.',
    finished: 'This sign-in is finished already. Type its code in the chat, or start again there.',
  },
  code: {
    newer: 'A newer sign-in was started. Use the newest button in the chat.',
    cancelled: 'The sign-in was cancelled. Nothing was connected. Start again when you are ready.',
    noneOpen: 'No sign-in is open here, or its ten minutes are over. Start again.',
    notYet:
      'The sign-in in the browser is not finished yet. Finish it there first; the page then shows a six-digit code.',
    tooMany: 'That was the fifth wrong code, so this sign-in has ended. Start again.',
    used: 'This code was used already. Start again if the tenant is still to be connected.',
    busy: 'This sign-in is being used from somewhere else at this moment. Try the code again.',
  },
  /** Throws notFound for a customer that does not exist. */
  async prepare({ stores: { customers } }, { customerId, ownTenantMeant }) {
    const { name } = (await activeCustomer(customers, customerId)).value;
    const after = 'sign-in link issued';
    return {
      facts: { customerId, ownTenantMeant },
      audit: { action: 'tenant.signIn', target: name, customerId, after },
    };
  },
};
