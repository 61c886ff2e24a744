import type { z } from 'zod';
import type { audited } from '../audit/recordAudit';
import type { Actor, Permission } from '../people/person';
import type { LinkFacts } from './oneTimeLink';

/** What links of one kind are, and how they may be used. */
export interface LinkPolicy<Facts = LinkFacts> {
  kind: string;
  /** Where its page is, below our public address. */
  path: string;
  /** Of the person whom it is made for; looked at again when the link is used. */
  permission: Permission;
  lifeMs: number;
  /** Whether its page works once alone; otherwise as often as it is opened. */
  once: boolean;
  /**
   * Whose browser gets to the page: the owner's, after the owner signed in to the MSP's own tenant, or the first one
   * that goes on from the link.
   */
  bindsBrowser: 'owner' | 'first';
  /** How many one person may ask for within the life of a link. */
  mostPerPerson?: { links: number; sentence: string };
  facts: z.ZodType<Facts>;
  words: LinkWords;
  /** Of a page that shows a code, which is to come back into the chat; a newer link then ends earlier ones. */
  code?: CodeWords;
}

/** How a link of one kind is asked for, beside what it is. */
export interface LinkKind<Ask, Facts, Deps> extends LinkPolicy<Facts> {
  /** What is to be known of the link; with the entry of its audit record, where it has one. Throws a KeyturnError. */
  prepare(
    deps: Deps,
    ask: Ask,
    actor: Actor,
  ): Promise<{ facts: Facts; audit?: Parameters<typeof audited>[3] }>;
}

interface LinkWords {
  /** It is unknown, too old, or was used. */
  notOpen: string;
  /** Another browser went on from it; absent: a sentence that fits every page. */
  otherBrowser?: string;
  /** Its page shows the code already, and nothing else any more; absent: the page goes on. */
  finished?: string;
}

interface CodeWords {
  newer: string;
  cancelled: string;
  noneOpen: string;
  /** The page is not finished yet. */
  notYet: string;
  tooMany: string;
  used: string;
  /** It is being changed from somewhere else all the time. */
  busy: string;
}
