import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import { hashOf } from '../tenants/oneTime';
import { INSTALL_TOKEN_MS } from './agent';
import type { AgentDeps } from './agentDeps';

type Deps = Pick<AgentDeps, 'installTokens' | 'customers' | 'audit' | 'clock' | 'random'>;

/**
 * A token with which one agent can enrol at this customer. It belongs into the install line and nowhere else: its hash alone is kept.
 * Others that were asked for stay good for their time: one for each server. Throws notAllowed, and notFound for a customer that is not there.
 */
export async function issueInstallToken(
  deps: Deps,
  actor: Actor,
  request: { customerId: string; requestId: string },
): Promise<{ token: string; expiresAt: number }> {
  permit(actor, 'agents.manage');
  const { customerId, requestId } = request;
  const customer = await activeCustomer(deps.customers, customerId);
  const entry = { action: 'agent.token', target: customer.value.name, customerId } as const;
  return audited(deps, actor, requestId, entry, async () => {
    const token = deps.random.token(32);
    const now = deps.clock.now();
    const expiresAt = now + INSTALL_TOKEN_MS;
    await deps.installTokens.insert(hashOf(token), {
      customerId,
      issuedBy: { id: actor.id, name: actor.name },
      conversationId: actor.conversationId,
      issuedAt: now,
      expiresAt,
    });
    return { result: { token, expiresAt } };
  });
}
