import { audited } from '../../audit/recordAudit';
import { activeCustomer } from '../../customers/changeCustomer';
import { conflict, notFound } from '../../errors';
import { permit } from '../../people/permit';
import type { Actor } from '../../people/person';
import { change } from '../../stores/change';
import type { Needs } from '../../stores/core';
import type { InstallToken, Replacement } from '../agent';

type Deps = Needs<'installTokens' | 'customers' | 'audit', 'clock'>;

const GONE = 'This question is closed. Nothing was changed.';

/**
 * Answers whether another key may replace an agent's key. The agent changes only when the program with that
 * key comes again. The same answer again changes nothing. Throws notAllowed, notFound, and conflict when
 * somebody else answered differently or it is too late.
 */
export async function decideReplacement(
  deps: Deps,
  actor: Actor,
  { tokenId, allow, requestId }: { tokenId: string; allow: boolean; requestId: string },
): Promise<Replacement> {
  permit(actor, 'agents.manage');
  const { customerId, replacement } = checkAsked((await deps.stores.installTokens.get(tokenId))?.value);
  await activeCustomer(deps.stores.customers, customerId);
  const after = allow ? 'another key may take its place' : 'no other key may take its place';
  const entry = { action: 'agent.replace', target: replacement.machine.name, customerId, after } as const;
  checkOpen(replacement, allow, deps.clock.now());
  return audited(deps, actor, requestId, entry, () => decide(deps, actor, tokenId, allow));
}

async function decide(deps: Deps, actor: Actor, tokenId: string, allow: boolean): Promise<Replacement> {
  const answered = (token: InstallToken): InstallToken | undefined => {
    const { replacement } = checkAsked(token);
    checkOpen(replacement, allow, deps.clock.now());
    if (replacement.state !== 'waiting') return undefined;
    const state = allow ? 'allowed' : 'refused';
    const by = { id: actor.id, name: actor.name };
    return { ...token, replacement: { ...replacement, state, by, decidedAt: deps.clock.now() } };
  };
  const decided = await change(deps.stores.installTokens, tokenId, answered, {
    gone: () => notFound(GONE),
    busy: 'Somebody else is answering right now. Nothing was changed. Look at the card again.',
  });
  return checkAsked(decided.value).replacement;
}

function checkAsked(token: InstallToken | undefined): InstallToken & { replacement: Replacement } {
  if (!token?.replacement) throw notFound(GONE);
  return { ...token, replacement: token.replacement };
}

function checkOpen({ state, by, expiresAt }: Replacement, allow: boolean, now: number): void {
  const wanted = allow ? 'allowed' : 'refused';
  if (state === wanted) return;
  if (state !== 'waiting')
    throw conflict(`${by?.name ?? 'Somebody'} has answered already. Nothing was changed.`);
  if (expiresAt <= now)
    throw conflict('The half hour for an answer is over. Nothing was changed. Make a new install command.');
}
