import { VERBS } from '../../domain/agentProtocol/verbs';
import type { DeltaSyncs } from '../ports';
import { OrderFailed, orderDoer } from './orderDoer';

/** An order with a record follows resets. An order without one is a person's wish. */
export const deltaSyncOrder = (ask: DeltaSyncs['ask']) =>
  orderDoer(VERBS.deltaSync, async ({ id, recordId }) => {
    const { outcome, finding } = await ask({ resets: 0, commandId: id, urgent: recordId === undefined });
    if (outcome !== 'ran') throw new OrderFailed(finding);
    return { finding };
  });
