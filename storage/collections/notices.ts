import { isUrgent } from '../../domain/notifications/audience';
import { byField, type DefinitionOf } from '../collectionDef';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Due until everyone to be told has this revision. A customer has at most one open notice of each kind. */
export const notices: DefinitionOf<'notices'> = {
  name: 'notices',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId', 'openedAt'),
  indexes: [['customerId', 'openedAt']],
  unique: {
    open: ({ open, customerId, kind, privileged }) =>
      open ? `${customerId}|${kind}|${privileged}` : undefined,
  },
  due: (notice) => notice.dueAt,
  line: (notice) => notice.customerId,
  first: isUrgent,
  expires: (notice) => notice.openedAt + KEPT_MS,
};
