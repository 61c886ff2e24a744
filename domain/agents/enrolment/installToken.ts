import { hashOf } from '../../links/oneTime';
import { actorOf } from '../../people/people';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { unlessChanged } from '../../stores/retried';
import { AgentRefusal, revoked } from '../admission/agentRefusal';
import type { Agent, InstallToken } from '../agent';
import type { AgentDeps } from '../agentDeps';
import type { Enrolment } from './signedEnrolment';

type Deps = Pick<AgentDeps, 'firstAdmins' | 'unknownTokenLimit'> &
  Needs<'agents' | 'people' | 'installTokens', 'clock'>;

export const refusedToken = (why: string) =>
  new AgentRefusal(
    'token',
    'This install token is unknown, used or too old. Make a new install command in the chat.',
    { why },
  );

/** Guessed tokens never hold up an issued one: a guess is counted after the lookup. Throws AgentRefusal. */
export async function validToken(deps: Deps, enrolment: Enrolment): Promise<Stored<InstallToken>> {
  const token = await deps.stores.installTokens.get(hashOf(enrolment.token));
  if (!token) {
    const retryAfterSeconds = deps.unknownTokenLimit('all');
    if (retryAfterSeconds)
      throw new AgentRefusal('tooMany', 'Too many unknown install tokens. Try again later.', {
        retryAfterSeconds,
      });
    throw refusedToken('unknown token');
  }
  return token;
}

/** A token ends with the role of the person who asked for it. Throws AgentRefusal. */
export async function checkIssuer(deps: Deps, { issuedBy, conversationId }: InstallToken): Promise<void> {
  const issuer = await actorOf(deps, { ...issuedBy, conversationId });
  if (issuer?.permissions.has('agents.manage')) return;
  throw new AgentRefusal(
    'token',
    'The person who made this install command may not install agents any more. Ask another one for a new command.',
    { why: 'issuer without the role' },
  );
}

/** Binds the token, or finds it bound to the same machine and key. Throws AgentRefusal. */
export async function claimToken(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: Enrolment,
): Promise<Stored<InstallToken>> {
  const mine = { machineId: enrolment.machine.id, key: enrolment.publicKey.x };
  const { used } = token.value;
  if (used) {
    if (used.machineId === mine.machineId && used.key === mine.key) return token;
    throw refusedToken('used token');
  }
  await checkRevoked(deps, token.value, enrolment);
  const bound = { ...token.value, used: { ...mine, at: deps.clock.now() } };
  const claimed = await unlessChanged(deps.stores.installTokens.replace(token, bound));
  if (claimed) return claimed;
  const now = await deps.stores.installTokens.get(token.id);
  if (!now?.value.used) throw refusedToken('ended token');
  return claimToken(deps, now, enrolment);
}

/** The agent of this machine at the token's customer. */
export const agentOfMachine = (
  { stores: { agents } }: Needs<'agents'>,
  { customerId }: InstallToken,
  { machine }: Enrolment,
): Promise<Stored<Agent> | undefined> => agents.find('machine', `${customerId}|${machine.id}`);

/** Runs before the token is bound, so that the token stays good for the same machine with a new key. */
async function checkRevoked(deps: Deps, token: InstallToken, enrolment: Enrolment): Promise<void> {
  const known = await agentOfMachine(deps, token, enrolment);
  if (known) checkComesBack(known.value, token);
  const { items } = await deps.stores.agents.list({
    where: { customerId: token.customerId, state: 'revoked' },
    limit: 1000,
  });
  if (items.some(({ value }) => value.publicKey.x === enrolment.publicKey.x)) throw revoked('revoked key');
}

/**
 * The key and the tokens of a revoked agent no longer count: nobody gets in with them. Throws AgentRefusal.
 */
export function checkComesBack({ revoked: ended }: Agent, { issuedAt }: InstallToken): void {
  if (ended && ended.at >= issuedAt) throw refusedToken('revoked after the token was issued');
}
