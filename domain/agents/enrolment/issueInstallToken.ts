import { audited } from '../../audit/recordAudit';
import { activeCustomer } from '../../customers/changeCustomer';
import { hashOf } from '../../links/oneTime';
import { permit } from '../../people/permit';
import type { Actor } from '../../people/person';
import type { Needs } from '../../stores/core';
import { INSTALL_TOKEN_MS, type ServerRole } from '../agent';

type Deps = Needs<'installTokens' | 'customers' | 'audit', 'clock' | 'random'>;

/**
 * A token with which one agent of this server role can enrol at this customer. Only the install command
 * contains it; the store has its hash. Tokens issued earlier stay valid for their time, so that each server
 * has its own. Throws notAllowed, and notFound for a missing customer.
 */
export async function issueInstallToken(
  deps: Deps,
  actor: Actor,
  request: { customerId: string; serverRole: ServerRole; requestId: string },
): Promise<{ token: string; expiresAt: number }> {
  permit(actor, 'agents.manage');
  const { customerId, serverRole, requestId } = request;
  const customer = await activeCustomer(deps.stores.customers, customerId);
  const { name } = customer.value;
  const entry = { action: 'agent.token', target: name, customerId, after: ROLE_NAMES[serverRole] } as const;
  return audited(deps, actor, requestId, entry, async () => {
    const token = deps.random.token(32);
    const now = deps.clock.now();
    const expiresAt = now + INSTALL_TOKEN_MS;
    await deps.stores.installTokens.insert(hashOf(token), {
      customerId,
      place: serverRole,
      issuedBy: { id: actor.id, name: actor.name },
      conversationId: actor.conversationId,
      issuedAt: now,
      expiresAt,
    });
    return { token, expiresAt };
  });
}

/** For the audit trail. */
const ROLE_NAMES: Record<ServerRole, string> = {
  domainController: 'for a domain controller',
  otherServer: 'for another server',
};
