import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Clock, Random } from '../ports';
import type { Needs } from '../stores/core';
import { retried } from '../stores/retried';
import { endLink, endOpenLinks, linksIn } from './endLink';
import type { LinkPolicy } from './linkPolicy';
import { hashOf, matches, saltedCode } from './oneTime';
import type { LinkFacts, OneTimeLink } from './oneTimeLink';
import type { Opened } from './openLink';

type Links = Needs<'oneTimeLinks'>;
/** The policy of links whose page shows a code. */
export type CodePolicy<Facts> = LinkPolicy<Facts> & Required<Pick<LinkPolicy, 'code'>>;

/**
 * Stores a new code that the link's page shows, and what else is known by now. Throws when somebody changed
 * the link in between: try again, or give up.
 */
export async function newCode<Facts extends LinkFacts>(
  { stores: { oneTimeLinks }, random }: Links & { random: Random },
  link: Opened<Facts>,
  known: Partial<Pick<OneTimeLink<Facts>, 'facts' | 'key'>> = {},
): Promise<string> {
  const code = random.digits(6);
  const codeHash = hashOf(saltedCode(link.id, code));
  await oneTimeLinks.replace(link, { ...link.value, ...known, stage: 'code', codeHash });
  return code;
}

export interface EnteredCode {
  conversationKey: string;
  /** The code as a person typed it, or as Teams returned it; spaces do not count. */
  code: string;
  /** A repeat of the same step has the same id, and finds what the first try did. */
  requestId: string;
}

export type NotVerified =
  | { outcome: 'wrong'; left: number }
  | { outcome: 'ended'; sentence: string }
  | { outcome: 'notYet'; sentence: string };

/** What a right code is for. */
interface Meaning<Facts, Result> {
  /** Does the work. A repeat of the request calls it again, and it must find its own work. */
  right(link: Opened<Facts>): Promise<Result>;
  /** True when the code is meant for what this link is about. */
  fits?(facts: Facts): boolean;
  /** Tells this person why a link ended. */
  whyEnded?(link: Opened<Facts>): Promise<string>;
}

const WRONG_CODES = 5;

/**
 * The code proves that the same person went through the page and chats: it works once, only for the
 * person and the conversation that the link was made for. Throws notAllowed, and conflict when the
 * link keeps changing.
 */
export async function verifyCode<Facts extends LinkFacts, Result>(
  deps: Links & { clock: Clock },
  policy: CodePolicy<Facts>,
  actor: Actor,
  request: EnteredCode,
  meaning: Meaning<Facts, Result>,
): Promise<Result | NotVerified> {
  permit(actor, policy.permission);
  return retried(
    async () => {
      const used = await useCode(deps, policy, actor, request, meaning);
      return 'outcome' in used ? used : meaning.right(used);
    },
    { busy: policy.code.busy },
  );
}

async function useCode<Facts extends LinkFacts>(
  deps: Links & { clock: Clock },
  policy: CodePolicy<Facts>,
  actor: Actor,
  { conversationKey, code, requestId }: EnteredCode,
  { fits = () => true, whyEnded }: Meaning<Facts, unknown>,
): Promise<Opened<Facts> | NotVerified> {
  const words = policy.code;
  const ended = (sentence: string): NotVerified => ({ outcome: 'ended', sentence });
  const [link] = await linksIn(deps, policy, actor, conversationKey);
  if (!link || !fits(link.value.facts) || link.value.expiresAt <= deps.clock.now())
    return ended(words.noneOpen);
  const { stage, failure = words.noneOpen, usedByRequest } = link.value;
  if (stage === 'ended') return ended(whyEnded ? await whyEnded(link) : failure);
  if (stage !== 'code' && stage !== 'used') return { outcome: 'notYet', sentence: words.notYet };
  const isRight = matches(saltedCode(link.id, code.replace(/\s/g, '')), link.value.codeHash);
  if (stage === 'used') return isRight && usedByRequest === requestId ? link : ended(words.used);
  if (!isRight) return countWrong(deps, policy, link);
  const used = { ...link.value, stage: 'used', usedByRequest: requestId } as const;
  return { ...(await deps.stores.oneTimeLinks.replace(link, used)), value: used };
}

async function countWrong<Facts extends LinkFacts>(
  deps: Links,
  { code: { tooMany } }: CodePolicy<Facts>,
  link: Opened<Facts>,
): Promise<NotVerified> {
  const wrongCodes = link.value.wrongCodes + 1;
  const counted = { ...link.value, wrongCodes };
  if (wrongCodes < WRONG_CODES) {
    await deps.stores.oneTimeLinks.replace(link, counted);
    return { outcome: 'wrong', left: WRONG_CODES - wrongCodes };
  }
  await endLink(deps, { ...link, value: counted }, tooMany);
  return { outcome: 'ended', sentence: tooMany };
}

/** Ends this person's open links of this kind in this conversation: they left, or closed the page. */
export const cancelLinks = <Facts extends LinkFacts>(
  deps: Links,
  policy: CodePolicy<Facts>,
  actor: Actor,
  conversationKey: string,
): Promise<void> => endOpenLinks(deps, policy, actor, conversationKey, policy.code.cancelled);

/** How far a person is on the page, for the chat. */
export type LinkProgress<Facts> =
  | { stage: 'none'; sentence: string }
  /** The browser is not finished. */
  | { stage: 'waiting' }
  /** The page shows the code, which the person brings into the chat. */
  | { stage: 'code' }
  | { stage: 'used' }
  | { stage: 'ended'; id: string; sentence: string; facts: Facts };

/** The state of the link that counts for this person in this conversation (see `linksIn`). */
export async function linkState<Facts>(
  deps: Links,
  policy: CodePolicy<Facts>,
  actor: Actor,
  conversationKey: string,
): Promise<LinkProgress<Facts>> {
  const [link] = await linksIn(deps, policy, actor, conversationKey);
  if (!link) return { stage: 'none', sentence: policy.code.noneOpen };
  const { stage, failure, facts } = link.value;
  if (stage === 'ended') return { stage, id: link.id, sentence: failure ?? policy.code.noneOpen, facts };
  return { stage: stage === 'code' || stage === 'used' ? stage : 'waiting' };
}
