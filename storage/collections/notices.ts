import { isUrgent } from '../../domain/notifications/audience';
import type { Notice } from '../../domain/notifications/notification';
import type { CollectionDef } from './collectionDef';

const KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Due until its audience has this revision; one open notice for a customer and kind. */
export const notices: CollectionDef<Notice> = {
  name: 'notices',
  keys: { customerId: (notice) => notice.customerId, openedAt: (notice) => notice.openedAt },
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
