import type { Clock } from '../ports';
import { change } from '../stores/change';
import type { Stores } from '../stores/stores';
import type { Notice } from './notification';

/** How long a card stays before it is brought up to date again, so that a burst of changes becomes one. */
const CALM_MS = 3_000;

/** The next revision, due at once the first time, and after a calm time later. */
export const raised = (notice: Notice, now: number): Notice => ({
  ...notice,
  revision: notice.revision + 1,
  dueAt: notice.dueAt ?? Math.max(now, (notice.handedOnAt ?? 0) + CALM_MS),
});

/**
 * Something that a notice tells has changed: its cards are brought up to date. Does nothing for a missing
 * notice.
 */
export async function touchNotice(
  deps: { notices: Stores['notices']; clock: Clock },
  noticeId: string,
): Promise<void> {
  await change(deps.notices, noticeId, (notice) => raised(notice, deps.clock.now()));
}
