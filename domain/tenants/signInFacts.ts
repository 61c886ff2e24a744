import { z } from 'zod';
import type { OneTimeLink } from '../links/oneTimeLink';

/** What is known of a sign-in, from its button to its code. */
export const signInFacts = z.object({
  customerId: z.string(),
  /** Deliberately connecting the MSP's own tenant. */
  ownTenantMeant: z.boolean(),
  /** Known after the id_token was validated. */
  admin: z
    .object({ tenantId: z.string(), objectId: z.string(), name: z.string(), username: z.string() })
    .optional(),
  /** The other customer that has this tenant; named only to somebody who may see customers. */
  takenBy: z.string().optional(),
  /** It was refused because the tenant is the MSP's own and that was not said to be meant. */
  ownTenantRefused: z.literal(true).optional(),
});
export type SignInFacts = z.output<typeof signInFacts>;

/**
 * One attempt of a technician to have a customer's administrator sign in. The PKCE verifier and the nonce are derived
 * from the cookie, which only the browser has, and the state; there is one state per leg (sign-in, consent).
 */
export type SignIn = OneTimeLink<SignInFacts>;

/** What a refusal leaves for the chat beside its sentence. */
export type RefusalTraits = Pick<SignInFacts, 'takenBy' | 'ownTenantRefused'>;
