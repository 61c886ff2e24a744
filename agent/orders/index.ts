import type { Verb } from '../../domain/agentProtocol/verbs';
import type { DeltaSyncs } from '../ports';
import { deltaSyncOrder } from './deltaSync';
import { inventoryOrder } from './inventory';
import type { OrderDoer } from './orderDoer';

/** Each verb of the protocol has its agent's half here. If one is missing, this does not compile. */
export function createOrders(deps: {
  askDeltaSync: DeltaSyncs['ask'];
  tellUsers(): Promise<number>;
}): ReadonlyMap<string, OrderDoer> {
  const orders: Record<Verb, OrderDoer> = {
    deltaSync: deltaSyncOrder(deps.askDeltaSync),
    inventory: inventoryOrder(deps.tellUsers),
  };
  return new Map(Object.entries(orders));
}
