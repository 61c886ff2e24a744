import { change } from '../stores/change';
import type { Needs } from '../stores/core';

/**
 * These notices take in no further events: what happens next is told in a new message, because an edit of a
 * message raises no alert. Call it before the answer to a notice is written down. Safe to repeat.
 */
export async function closeNotices(
  { stores: { notices } }: Needs<'notices'>,
  ids: ReadonlySet<string>,
): Promise<void> {
  for (const id of ids)
    await change(notices, id, (notice) => (notice.open ? { ...notice, open: false } : undefined));
}
