import type { QueryFilter } from '../stores/stores';

/** Events that joined a full notice up to a moment, in order. */
export const joinedBy = (noticeId: string, upTo: number) =>
  ({
    where: { joinedTo: noticeId },
    range: { key: 'joinedAt', to: upTo + 1 },
  }) satisfies QueryFilter<'events'>;
