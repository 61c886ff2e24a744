import type { DefinitionOf } from './collectionDef';

const HOUR_MS = 60 * 60 * 1000;

/**
 * One that was not finished within a day begins anew; a finished one is known for as long as its last page
 * may come again.
 */
export const inventoryUploads: DefinitionOf<'inventoryUploads'> = {
  name: 'inventoryUploads',
  ofCustomer: { key: 'customerId' },
  keys: { customerId: (upload) => upload.customerId },
  unique: {},
  expires: ({ startedAt, finishedAt }) =>
    finishedAt === undefined ? startedAt + 24 * HOUR_MS : finishedAt + HOUR_MS,
};
