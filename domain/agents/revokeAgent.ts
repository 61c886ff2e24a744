import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Agent } from './agent';
import type { AgentDeps } from './agentDeps';
import { settleActiveDirectory } from './settleActiveDirectory';

type Deps = Pick<AgentDeps, 'bell'> &
  Needs<'agents' | 'agentOrders' | 'customers' | 'deliveries' | 'audit', 'clock'>;

const GONE = 'This agent was removed.';

/**
 * Revokes an agent: from then on no instance answers it, and its orders end. Only a new install command
 * brings its machine back. A repeat changes nothing. Throws notAllowed, notFound, conflict.
 */
export async function revokeAgent(
  deps: Deps,
  actor: Actor,
  request: { agentId: string; requestId: string },
): Promise<Stored<Agent>> {
  permit(actor, 'agents.manage');
  const known = await deps.stores.agents.get(request.agentId);
  if (!known) throw notFound(GONE);
  const { customerId, machine } = known.value;
  await activeCustomer(deps.stores.customers, customerId);
  const entry = { action: 'agent.revoke', target: machine.name, customerId } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    const revoked = await revoke(deps, actor, request.agentId);
    await endOrders(deps, request.agentId);
    await settleActiveDirectory(deps, customerId);
    deps.bell.ring(request.agentId);
    return revoked;
  });
}

function revoke({ stores: { agents }, clock }: Deps, actor: Actor, id: string): Promise<Stored<Agent>> {
  const revoked = ({ outbox: _untold, ...agent }: Agent): Agent | undefined => {
    if (agent.state === 'revoked') return undefined;
    const now = clock.now();
    const by = { id: actor.id, name: actor.name };
    return { ...agent, state: 'revoked', stateSince: now, revoked: { at: now, by } };
  };
  return change(agents, id, revoked, {
    gone: () => notFound(GONE),
    busy: 'The agent is being changed right now. Nothing was changed; try again in a moment.',
  });
}

async function endOrders({ stores: { agentOrders } }: Deps, agentId: string): Promise<void> {
  for (const state of ['waiting', 'handedOut'] as const) {
    const { items } = await agentOrders.list({ where: { agentId, state }, limit: 1000 });
    for (const { id } of items) await agentOrders.remove(id);
  }
}
