import { purgeRemoved } from '../../../domain/customers/purgeRemoved';
import type { Core } from '../../../domain/stores/core';
import { createCustomerRecords } from '../../../storage/customerRecords';

/** Deletes for good in these stores, as the product does it. */
export const purge = (deps: Pick<Core, 'stores' | 'clock'>): Promise<number> =>
  purgeRemoved({ ...deps, customerRecords: createCustomerRecords(deps.stores) });
