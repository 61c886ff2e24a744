import { z } from 'zod';
import type { OneTimeLink } from '../../links/oneTimeLink';
import { refusalMarks } from '../refusals/microsoftRefused';

/** What we know of a sign-in, from its button to its code. */
export const signInFacts = z.object({
  customerId: z.string(),
  /** The technician connects the MSP's own tenant on purpose. */
  ownTenantMeant: z.boolean(),
  /** Known after the id_token was validated. */
  admin: z
    .object({ tenantId: z.string(), objectId: z.string(), name: z.string(), username: z.string() })
    .optional(),
  /** The other customer that has this tenant; only a person who may see customers learns its name. */
  takenBy: z.string().optional(),
  /** The sign-in was refused: the tenant is the MSP's own, and nobody said that this is on purpose. */
  ownTenantRefused: z.literal(true).optional(),
  /** The sign-in was refused by Microsoft. */
  marks: refusalMarks.optional(),
});
export type SignInFacts = z.output<typeof signInFacts>;

/**
 * A technician's attempt to have a customer's administrator sign in. The PKCE verifier and the nonce are
 * derived from the cookie, which only the browser has, and the state; each leg (sign-in, consent) has
 * its own state.
 */
export type SignIn = OneTimeLink<SignInFacts>;

/** What a refusal leaves for the chat beside its sentence. */
export type RefusalTraits = Pick<SignInFacts, 'takenBy' | 'ownTenantRefused' | 'marks'>;
