import type { DefinitionOf } from '../collectionDef';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Due when its replies were decided and not sent in time: another instance then sends them. Expires after a
 * month without a message, when nothing in it is open.
 */
export const conversations: DefinitionOf<'conversations'> = {
  name: 'conversations',
  ofCustomer: { stays: 'What was said in a chat is the person’s. It is gone a month after their last word.' },
  due: ({ pending }) => (pending.length > 0 ? Math.min(...pending.map((batch) => batch.dueAt)) : undefined),
  expires: ({ changedAt }) => changedAt + KEPT_MS,
};
