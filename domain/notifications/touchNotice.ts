import { VersionConflict } from '../errors';
import type { Clock, Store } from '../ports';
import { raised } from './handOverEvents';
import type { Notice } from './notification';

/** Something that a notice tells has changed: its cards are to be brought up to date. Nothing to do for one that is gone. */
export async function touchNotice(
  deps: { notices: Store<Notice>; clock: Clock },
  noticeId: string,
): Promise<void> {
  for (;;) {
    const notice = await deps.notices.get(noticeId);
    if (!notice) return;
    try {
      await deps.notices.replace(notice, raised(notice.value, deps.clock.now()));
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
