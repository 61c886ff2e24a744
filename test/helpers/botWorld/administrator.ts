import { finishConsent, finishSignIn } from '../../../domain/tenants/signIn/finishSignIn';
import { openSignIn } from '../../../domain/tenants/signIn/openSignIn';
import { stateOf } from '../cloud/signInWorld';
import type { Bot } from './bot';
import { buttonsOf } from './cardReader';
import type { Seat, Seen } from './seat';
import type { Message } from './teams';

/**
 * The customer's administrator opens the newest sign-in button, signs in and consents; resolves to the code
 * on the page.
 */
export async function administratorSignsIn({ signIn }: Bot, messages: Message[]): Promise<string> {
  const link = messages.findLast((message) => message.signIn)?.signIn?.link;
  if (!link) throw new Error('there is no sign-in button');
  const { cookie, redirectTo } = await openSignIn(signIn, { handle: handleOf(link) });
  const signedIn = await finishSignIn(signIn, { query: { state: stateOf(redirectTo), code: 'c' }, cookie });
  if (signedIn.outcome === 'code') return signedIn.code;
  const consented = await finishConsent(signIn, { query: { state: stateOf(signedIn.redirectTo) }, cookie });
  if (consented.outcome !== 'code') throw new Error('no code was shown');
  return consented.code;
}

export const handleOf = (link: string): string => new URL(link).searchParams.get('h') ?? '';

/** The technician confirms that the last shown tenant is the customer's. */
export async function confirmsTenant(seat: Seat, name?: string): Promise<Seen> {
  const title = buttonsOf(seat.card.card).find((button) => button.startsWith('Yes, connect '));
  return seat.clicks(seat.card, title ?? 'no question is there', name ? { name } : {});
}
