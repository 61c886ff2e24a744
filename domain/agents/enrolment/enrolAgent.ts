import { ENROL_KID } from '../../agentProtocol/signature';
import { audited } from '../../audit/recordAudit';
import type { Actor } from '../../people/person';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { retried } from '../../stores/retried';
import { tryLaterAgent, unauthorized } from '../admission/agentRefusal';
import { checkClaims } from '../admission/checkClaims';
import type { Agent, InstallToken } from '../agent';
import type { AgentDeps } from '../agentDeps';
import type { SignedRequest } from '../ports';
import { settleActiveDirectory } from '../settleActiveDirectory';
import {
  agentOfMachine,
  checkComesBack,
  checkIssuer,
  claimToken,
  refusedToken,
  validToken,
} from './installToken';
import { mayReplaceKey, replacesKey } from './replacement';
import type { Enrolment, SignedEnrolment } from './signedEnrolment';

type Deps = Pick<AgentDeps, 'firstAdmins' | 'signatures' | 'unknownTokenLimit' | 'enrolments' | 'publicUrl'> &
  Needs<'agents' | 'customers' | 'deliveries' | 'people' | 'installTokens' | 'audit', 'clock' | 'random'>;

/**
 * Makes an agent of a program that brings an issued token and signs with the key that it brings. The same
 * machine at the same customer keeps its agent's id and queue position, with the new key. The token is bound
 * to machine and key first, then the agent is written. After a crash between the two, only the same token and
 * key can come again and finish. When the agent has another key, a person has to allow the new one first. The
 * machine of a revoked agent comes back only with a new key and a token issued after the revocation. Throws
 * AgentRefusal.
 */
export async function enrolAgent(
  deps: Deps,
  signed: SignedRequest,
  enrolment: Enrolment,
): Promise<{ agentId: string; customer: string }> {
  const { address } = signed;
  await checkPossession(deps, signed, enrolment);
  const token = await validToken(deps, enrolment);
  const customer = await deps.stores.customers.get(token.value.customerId);
  if (customer?.value.status !== 'active') throw refusedToken('customer removed');
  await checkIssuer(deps, token.value);
  const claimed = await claimToken(deps, token, enrolment);
  const signedEnrolment = { ...enrolment, ...(address && { address }) };
  const known = await agentOfMachine(deps, claimed.value, enrolment);
  if (known && replacesKey(known, claimed, signedEnrolment))
    await mayReplaceKey(deps, claimed, signedEnrolment, known);
  await deps.enrolments.tell(claimed.id, claimed.value, { ...signedEnrolment, name: enrolment.machine.name });
  const agent = await written(deps, claimed, signedEnrolment);
  await settleActiveDirectory(deps, customer.id);
  return { agentId: agent.id, customer: customer.value.name };
}

/** Audited in the name of the person who asked for the command. */
async function written(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: SignedEnrolment,
): Promise<Stored<Agent>> {
  const { customerId } = token.value;
  const entry = { action: 'agent.enrol', target: enrolment.machine.name, customerId } as const;
  const busy = (cause: unknown) => tryLaterAgent('enrolled at the same moment', cause);
  const work = () => retried(() => write(deps, token, enrolment), { busy });
  const after = ({ known }: { known: boolean }) => ({ after: known ? 'installed again' : 'installed' });
  return (await audited(deps, issuerOf(token.value), `enrol:${token.id}`, entry, work, after)).agent;
}

async function checkPossession(deps: Deps, signed: SignedRequest, { publicKey }: Enrolment): Promise<void> {
  if (deps.signatures.signerOf(signed.authorization) !== ENROL_KID) throw unauthorized('not an enrolment');
  const claims = await deps.signatures.read(signed.authorization, publicKey);
  if (!claims) throw unauthorized('signature');
  checkClaims(claims, signed, { publicUrl: deps.publicUrl, now: deps.clock.now() });
}

/** Writes the agent of a bound token, once. */
async function write(
  deps: Deps,
  token: Stored<InstallToken>,
  enrolment: SignedEnrolment,
): Promise<{ agent: Stored<Agent>; known: boolean }> {
  const known = await agentOfMachine(deps, token.value, enrolment);
  const fresh = newAgent(deps, token, enrolment);
  if (known?.value.enrolledWith === token.id) return { agent: checkNotRevoked(known), known: false };
  if (known) checkLatest(known, token, enrolment);
  const agent = known
    ? await deps.stores.agents.replace(known, again(known.value, fresh))
    : await deps.stores.agents.insert(deps.random.id(), fresh);
  return { agent, known: known !== undefined };
}

/** The same enrolment comes again after somebody revoked its agent: the agent stays revoked. */
function checkNotRevoked(agent: Stored<Agent>): Stored<Agent> {
  if (agent.value.state === 'revoked') throw refusedToken('revoked since');
  return agent;
}

/** Changes between the binding of the token and now count more. */
function checkLatest(known: Stored<Agent>, token: Stored<InstallToken>, enrolment: SignedEnrolment): void {
  checkComesBack(known.value, token.value);
  const { used, replacement } = token.value;
  if (used && known.value.enrolledAt > used.at) throw refusedToken('enrolled anew since');
  const allowed = replacement?.state === 'allowed' && replacement.oldKey === known.value.publicKey.x;
  if (replacesKey(known, token, enrolment) && !allowed) throw tryLaterAgent('another agent took the place');
}

function newAgent(
  { clock }: Deps,
  { id, value }: Stored<InstallToken>,
  { address, ...enrolment }: SignedEnrolment,
): Agent {
  const now = clock.now();
  return {
    customerId: value.customerId,
    machine: enrolment.machine,
    publicKey: enrolment.publicKey,
    version: enrolment.version,
    enrolledAt: now,
    enrolledBy: value.issuedBy,
    enrolledWith: id,
    ...(value.place && { place: value.place }),
    ...(address && { address }),
    state: 'online',
    stateSince: now,
    lastBeatAt: now,
    skewMs: 0,
    waiting: { events: 0 },
  };
}

/**
 * The queue continues where it was. An agent that was offline is back with its first beat, which people are
 * told.
 */
function again(known: Agent, fresh: Agent): Agent {
  const { stream, outbox, state, stateSince, lastBeatAt } = known;
  const kept = { ...fresh, ...(stream && { stream }), ...(outbox && { outbox }) };
  return state === 'offline' ? { ...kept, state, stateSince, lastBeatAt } : kept;
}

const issuerOf = ({ issuedBy, conversationId }: InstallToken): Actor => ({
  ...issuedBy,
  permissions: new Set(),
  conversationId,
});
