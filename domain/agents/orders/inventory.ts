import { LIMITS } from '../../agentProtocol/protocol';
import { mayTellDirectory } from '../admission/mayTell';
import { isOnline } from './isOnline';
import type { OrderKind } from './orderKind';

/** The agent reads all users of the directory and tells them anew. */
export const inventory: OrderKind<'inventory'> = {
  verb: 'inventory',
  noun: 'reading of users',
  lifeMs: LIMITS.orderMs,
  mayBeGivenTo: mayTellDirectory,
  serves: () => true,
  wish: {
    title: 'Read users again',
    offered: (agents) => agents.some((agent) => isOnline(agent) && mayTellDirectory(agent.value)),
    choose: (online) => online,
    ordered: (names) => `${names} reads all users again.`,
    nobody:
      'No agent that reads the directory is online, so nothing was ordered. An agent with the command for another server reads no users.',
  },
};
