import type { SignedClaims } from '../../agentProtocol/signature';
import type { Customer } from '../../customers/customer';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { insertOnce } from '../../stores/insertOnce';
import type { Agent } from '../agent';
import type { AgentDeps } from '../agentDeps';
import type { SignedRequest } from '../ports';
import { AgentRefusal, revoked, unauthorized } from './agentRefusal';
import { checkClaims, countsUntil } from './checkClaims';

/** An agent that proved its identity, and its customer as the store has it, never as a body says. */
export interface Admitted {
  agent: Stored<Agent>;
  customer: Stored<Customer>;
  /** The network address that its request came from. */
  address?: string;
}

type AdmitDeps = Pick<AgentDeps, 'signatures' | 'requestLimit' | 'publicUrl'> &
  Needs<'agents' | 'customers' | 'agentRequests', 'clock'>;

/**
 * Admits a signed request once. Throws AgentRefusal. A request that is refused before its signature is proved
 * costs one read.
 */
export async function admitAgent(deps: AdmitDeps, request: SignedRequest): Promise<Admitted> {
  const agent = await signerOf(deps, request);
  const claims = await deps.signatures.read(request.authorization, agent.value.publicKey);
  if (!claims) throw unauthorized('signature');
  checkClaims(claims, request, { publicUrl: deps.publicUrl, now: deps.clock.now() });
  const retryAfterSeconds = deps.requestLimit(agent.id);
  if (retryAfterSeconds)
    throw new AgentRefusal('tooMany', 'This agent asks too often.', { retryAfterSeconds });
  const customer = await servedCustomer(deps, agent.value);
  await onlyOnce(deps, agent.id, claims);
  return { agent, customer, ...(request.address && { address: request.address }) };
}

/** The agent as it stands now, after it waited; it may have been revoked meanwhile. Throws AgentRefusal. */
export async function stillServed(deps: Needs<'agents' | 'customers'>, agentId: string): Promise<Admitted> {
  const agent = await deps.stores.agents.get(agentId);
  if (!agent) throw unauthorized('unknown agent');
  return { agent, customer: await servedCustomer(deps, agent.value) };
}

const AGENT_ID = /^[0-9a-f-]{36}$/;

async function signerOf(
  { signatures, stores: { agents } }: AdmitDeps,
  request: SignedRequest,
): Promise<Stored<Agent>> {
  const id = signatures.signerOf(request.authorization);
  const agent = id && AGENT_ID.test(id) ? await agents.get(id) : undefined;
  if (!agent) throw unauthorized('unknown agent');
  return agent;
}

async function servedCustomer({ stores: { customers } }: Needs<'customers'>, agent: Agent) {
  if (agent.state === 'revoked') throw revoked('revoked');
  const customer = await customers.get(agent.customerId);
  if (customer?.value.status !== 'active') throw revoked('customer removed');
  return customer;
}

async function onlyOnce(
  { stores: { agentRequests } }: AdmitDeps,
  agentId: string,
  claims: SignedClaims,
): Promise<void> {
  const id = `${agentId}|${claims.jti}`;
  if (!(await insertOnce(agentRequests, id, { expiresAt: countsUntil(claims) })))
    throw new AgentRefusal('replayed', 'This request was here before. It is signed anew by itself.', {
      why: 'replayed',
    });
}
