import type { z } from 'zod';
import type { audited } from '../audit/recordAudit';
import type { Actor, Permission } from '../people/person';
import type { LinkFacts } from './oneTimeLink';

/** What links of one kind are, and how people may use them. */
export interface LinkPolicy<Facts = LinkFacts> {
  kind: string;
  /** The path of its page, below our public address. */
  path: string;
  /** The person for whom it is made needs this permission; we check it again when the link is used. */
  permission: Permission;
  lifeMs: number;
  /** True: its page works only once. False: it works each time somebody opens it. */
  once: boolean;
  /**
   * Whose browser reaches the page: the owner's, after the owner signed in to the MSP's own tenant, or the
   * first one that goes on from the link.
   */
  bindsBrowser: 'owner' | 'first';
  /** How many links one person may ask for within the life of a link. */
  mostPerPerson?: { links: number; sentence: string };
  facts: z.ZodType<Facts>;
  words: LinkWords;
  /** Only for a page whose code comes back into the chat; a newer link then ends earlier ones. */
  code?: CodeWords;
}

/** A link's policy, and how to ask for such a link. */
export interface LinkKind<Ask, Facts, Deps> extends LinkPolicy<Facts> {
  /**
   * Finds out the facts of the link, and the entry of its audit record where it has one.
   * Throws a KeyturnError.
   */
  prepare(
    deps: Deps,
    ask: Ask,
    actor: Actor,
  ): Promise<{ facts: Facts; audit?: Parameters<typeof audited>[3] }>;
}

interface LinkWords {
  /** The link is unknown, too old, or used up. */
  notOpen: string;
  /** Another browser went on from it; absent: a sentence that fits every page. */
  otherBrowser?: string;
  /** Its page shows only the code by now; absent: the page goes on. */
  finished?: string;
}

interface CodeWords {
  newer: string;
  cancelled: string;
  noneOpen: string;
  /** The person has not finished the page yet. */
  notYet: string;
  tooMany: string;
  used: string;
  /** Somebody else keeps changing it. */
  busy: string;
}
