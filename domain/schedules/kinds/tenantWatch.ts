import { pages } from '../../stores/pages';
import { daily, type ScheduleKind } from '../scheduleKind';

/**
 * Tests the connection of each connected customer; rests while the customer is removed and can be restored.
 */
export const tenantWatch: ScheduleKind<{ customerId: string }> = {
  kind: 'watchTenant',
  rule: daily,
  input: (customerId) => ({ customerId }),
  async occurrence({ customers }, customerId) {
    const customer = (await customers.get(customerId))?.value;
    if (!customer || !('tenant' in customer.office365)) return 'ends';
    return customer.status === 'active' && customer.office365.state === 'connected' ? 'goes' : 'rests';
  },
  async *subjects({ customers }) {
    for await (const page of pages(customers, {}))
      yield page
        .filter(({ value }) => value.office365.state === 'connected')
        .map(({ id }) => ({ id, customerId: id }));
  },
};
