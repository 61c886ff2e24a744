import { purgeRemoved } from '../../../domain/customers/purgeRemoved';
import type { Clock } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';
import { createCustomerRecords } from '../../../storage/customerRecords';

/** Deletes for good in these stores, as the product does it. */
export const purge = (deps: Stores & { clock: Clock }): Promise<number> =>
  purgeRemoved({ ...deps, customerRecords: createCustomerRecords(deps) });
