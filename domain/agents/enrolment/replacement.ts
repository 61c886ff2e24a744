import { fingerprintOf } from '../../agentProtocol/fingerprint';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { unlessChanged } from '../../stores/retried';
import { AgentRefusal, tryLaterAgent } from '../admission/agentRefusal';
import { type Agent, type InstallToken, REPLACEMENT_MS, type Replacement } from '../agent';
import type { AgentDeps } from '../agentDeps';
import { refusedToken } from './installToken';
import type { SignedEnrolment } from './signedEnrolment';

type Deps = Pick<AgentDeps, 'enrolments'> & Needs<'installTokens', 'clock'>;

const ASK_AGAIN_S = 15;

/**
 * Whether this enrolment replaces the key of an agent that is served: a person has to allow that. The same
 * key is the same agent, as its signature proves. A revoked agent was ended by a person, and a person asked
 * for the new command after that.
 */
export const replacesKey = (
  { value }: Stored<Agent>,
  token: Stored<InstallToken>,
  { publicKey }: SignedEnrolment,
) => value.state !== 'revoked' && value.enrolledWith !== token.id && value.publicKey.x !== publicKey.x;

/**
 * Returns when a person allowed this key to replace the agent's key. The first time it asks a person; the
 * question is written down before it is asked, so that the same request asks again when nobody was asked.
 * Until the answer it throws AgentRefusal, and the existing agent goes on.
 */
export async function mayReplaceKey(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: SignedEnrolment,
  known: Stored<Agent>,
): Promise<void> {
  const { replacement } = token.value;
  if (replacement?.state === 'allowed' && replacement.machine.name !== enrolment.machine.name)
    throw refusedToken('it says another name than the one that was allowed');
  if (replacement?.state === 'allowed' && replacement.oldKey === known.value.publicKey.x) return;
  if (replacement?.state === 'allowed') throw refusedToken('the agent changed since it was allowed');
  if (replacement?.state === 'refused')
    throw new AgentRefusal(
      'token',
      `${replacement.by?.name ?? 'A person'} refused in Teams that this key takes the place of the agent on ${known.value.machine.name}. Nothing was changed.`,
      { why: 'refused by a person' },
    );
  if (!replacement) await noteQuestion(deps, token, replacementOf(deps, enrolment, known));
  else if (replacement.expiresAt <= deps.clock.now()) throw unanswered();
  await deps.enrolments.ask(token.id, token.value);
  throw waits(enrolment, known.value);
}

const unanswered = () =>
  new AgentRefusal(
    'token',
    'Nobody answered in Teams within half an hour whether this key may replace the agent’s key. Make a new install command in the chat.',
    { why: 'unanswered' },
  );

const waits = ({ publicKey }: SignedEnrolment, { machine }: Agent) =>
  new AgentRefusal(
    'tryLater',
    `The agent on ${machine.name} runs with another key. Somebody has to allow this key in Teams: ${fingerprintOf(publicKey)}. Until then that agent goes on. Answer the question in the chat where the install command was made, then run the same command again.`,
    { why: 'waits for a person', retryAfterSeconds: ASK_AGAIN_S, waitsFor: 'person' },
  );

function replacementOf(
  { clock }: Deps,
  enrolment: SignedEnrolment,
  { id, value }: Stored<Agent>,
): Replacement {
  const { machine, publicKey, version, address } = enrolment;
  const now = clock.now();
  return {
    agentId: id,
    oldKey: value.publicKey.x,
    ...{ machine, publicKey, version },
    ...(address && { address }),
    askedAt: now,
    expiresAt: now + REPLACEMENT_MS,
    state: 'waiting',
  };
}

/**
 * The token lives as long as the question may be answered, and a little longer, so that the agent can come
 * after that.
 */
async function noteQuestion(
  deps: Deps,
  token: Stored<InstallToken>,
  replacement: Replacement,
): Promise<void> {
  const expiresAt = Math.max(token.value.expiresAt, replacement.expiresAt + REPLACEMENT_MS);
  const asked = { ...token.value, replacement, expiresAt };
  if (!(await unlessChanged(deps.stores.installTokens.replace(token, asked))))
    throw tryLaterAgent('the token was changed at the same moment');
}
