import { change } from '../stores/change';
import type { Needs } from '../stores/core';
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
export async function touchNotice(deps: Needs<'notices', 'clock'>, noticeId: string): Promise<void> {
  await change(deps.stores.notices, noticeId, (notice) => raised(notice, deps.clock.now()));
}
