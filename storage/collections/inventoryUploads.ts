import { byField, type DefinitionOf } from '../collectionDef';

const HOUR_MS = 60 * 60 * 1000;

/**
 * An unfinished upload begins anew after a day. A finished one is kept for as long as its last page may
 * arrive again.
 */
export const inventoryUploads: DefinitionOf<'inventoryUploads'> = {
  name: 'inventoryUploads',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId'),
  expires: ({ startedAt, finishedAt }) =>
    finishedAt === undefined ? startedAt + 24 * HOUR_MS : finishedAt + HOUR_MS,
};
