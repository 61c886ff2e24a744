import { OFFLINE_AFTER_MS } from '../../domain/agents/agent';
import type { DefinitionOf } from './collectionDef';

/** Due when it has something to tell, or has been silent for too long; `machine` holds a machine to one agent at a customer. */
export const agents: DefinitionOf<'agents'> = {
  name: 'agents',
  ofCustomer: { key: 'customerId' },
  keys: { customerId: (agent) => agent.customerId, state: (agent) => agent.state },
  unique: { machine: ({ customerId, machine }) => `${customerId}|${machine.id}` },
  due: ({ outbox, state, lastBeatAt }) =>
    outbox ? lastBeatAt : state === 'online' ? lastBeatAt + OFFLINE_AFTER_MS : undefined,
  line: ({ customerId }) => customerId,
};
