import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { conflict, notFound, VersionConflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { InstallToken, Replacement } from './agent';
import type { AgentDeps } from './agentDeps';

type Deps = Pick<AgentDeps, 'installTokens' | 'customers' | 'audit' | 'clock'>;

const GONE = 'This question is not open any more. Nothing was changed.';
const TRIES = 8;

/**
 * Says whether another key may take an agent's place. The agent changes only when the program with that key
 * comes again. The same answer again changes nothing. Throws notAllowed, notFound, and conflict when somebody
 * answered otherwise or it is too late.
 */
export async function decideReplacement(
  deps: Deps,
  actor: Actor,
  { tokenId, allow, requestId }: { tokenId: string; allow: boolean; requestId: string },
): Promise<Replacement> {
  permit(actor, 'agents.manage');
  const asked = await questionOf(deps, tokenId);
  const { customerId, replacement } = asked.value;
  await activeCustomer(deps.customers, customerId);
  const after = allow ? 'another key may take its place' : 'no other key may take its place';
  const entry = { action: 'agent.replace', target: replacement.machine.name, customerId, after } as const;
  checkOpen(replacement, allow, deps.clock.now());
  return audited(deps, actor, requestId, entry, async () => ({
    result: await decide(deps, actor, tokenId, allow),
  }));
}

async function decide(deps: Deps, actor: Actor, tokenId: string, allow: boolean): Promise<Replacement> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const token = await questionOf(deps, tokenId);
    const { replacement } = token.value;
    checkOpen(replacement, allow, deps.clock.now());
    if (replacement.state !== 'waiting') return replacement;
    const decided: Replacement = {
      ...replacement,
      state: allow ? 'allowed' : 'refused',
      by: { id: actor.id, name: actor.name },
      decidedAt: deps.clock.now(),
    };
    try {
      await deps.installTokens.replace(token, { ...token.value, replacement: decided });
      return decided;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  throw conflict('Somebody answers at this moment. Nothing was changed; look at the card again.');
}

type Asked = Stored<InstallToken & { replacement: Replacement }>;

async function questionOf({ installTokens }: Deps, tokenId: string): Promise<Asked> {
  const token = await installTokens.get(tokenId);
  if (!token?.value.replacement) throw notFound(GONE);
  return token as Asked;
}

function checkOpen({ state, by, expiresAt }: Replacement, allow: boolean, now: number): void {
  const wanted = allow ? 'allowed' : 'refused';
  if (state === wanted) return;
  if (state !== 'waiting')
    throw conflict(`${by?.name ?? 'Somebody'} has answered already. Nothing was changed.`);
  if (expiresAt <= now)
    throw conflict(
      'It is too late to answer: half an hour is over. Nothing was changed. Ask for a new install command.',
    );
}
