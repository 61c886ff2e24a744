import type { ConnectHealth } from '../../../domain/agentProtocol/health';
import type { Agent } from '../../../domain/agents/agent';
import type { Customer } from '../../../domain/customers/customer';
import { TENANT_ID } from '../cloud/signInWorld';

/** Office 365 of a customer that connected it long ago. */
export const connectedTenant = (tenantId = TENANT_ID): Customer['office365'] => ({
  state: 'connected',
  since: 0,
  tenant: {
    tenantId,
    displayName: 'Contoso',
    domains: ['contoso.example'],
    consentedBy: { objectId: 'a', name: 'Ada', username: 'ada@contoso.example' },
    consentedAt: 0,
    checks: [],
  },
});

/** An agent that is online until `lastBeatAt`, on a server whose Microsoft Entra Connect has that state. */
export const agentBeside = (
  customerId: string,
  state: ConnectHealth['state'],
  lastBeatAt: number,
): Agent => ({
  customerId,
  machine: { id: state, name: 'SYNC1', os: 'Windows' },
  publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) },
  version: '0.1.0',
  enrolledAt: 0,
  enrolledBy: { id: 'tess', name: 'Tess' },
  enrolledWith: state,
  state: 'online',
  stateSince: 0,
  lastBeatAt,
  skewMs: 0,
  waiting: { events: 0 },
  health: { directory: { state: 'reading' }, connect: { state }, eventLog: { state: 'read' } },
});
