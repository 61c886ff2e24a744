import { OFFLINE_AFTER_MS } from '../../domain/agents/agent';
import { byField, type DefinitionOf } from '../collectionDef';

/**
 * Due when an agent has something to report, or was silent for too long. The unique key `machine` allows one
 * agent on each machine of a customer.
 */
export const agents: DefinitionOf<'agents'> = {
  name: 'agents',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId', 'state'),
  unique: { machine: ({ customerId, machine }) => `${customerId}|${machine.id}` },
  due: ({ outbox, state, lastBeatAt }) =>
    outbox ? lastBeatAt : state === 'online' ? lastBeatAt + OFFLINE_AFTER_MS : undefined,
  line: ({ customerId }) => customerId,
};
