import { LIMITS } from '../../agentProtocol/protocol';
import { mayTellDirectory } from '../admission/mayTell';
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
    offered: (agents) => agents.length > 0,
    choose: (online) => online,
    ordered: (names) => `The users are being read again by ${names}.`,
    nobody:
      'None of this customer’s agents that may read its directory is online. Nothing was ordered. An agent that was installed with the command for another server reads no users.',
  },
};
