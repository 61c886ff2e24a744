import type { InventoryUpload } from '../../domain/agents/directoryAccount';
import type { CollectionDef } from './collectionDef';

const KEPT_MS = 24 * 60 * 60 * 1000;

/** One that was not finished within a day begins anew. */
export const inventoryUploads: CollectionDef<InventoryUpload> = {
  name: 'inventoryUploads',
  keys: { customerId: (upload) => upload.customerId },
  unique: {},
  expires: (upload) => upload.startedAt + KEPT_MS,
};
