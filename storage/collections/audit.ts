import type { AuditRecord } from '../../domain/audit/auditRecord';
import type { CollectionDef } from './collectionDef';

/** Read newest first, of one customer or of all. */
export const audit: CollectionDef<AuditRecord> = {
  name: 'audit',
  keys: {
    customerId: (record) => record.customerId,
    at: (record) => record.at,
  },
  unique: {},
  indexes: [['customerId', 'at'], ['at']],
};
