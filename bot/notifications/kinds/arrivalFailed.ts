import { counted } from '../../../cards/shared/format';
import { NO_FURTHER } from '../faces/further';
import { resetsFace } from '../faces/resetsFace';
import type { NoticeKind } from './noticeKind';

/** Its card shows the resets as they stand, so nobody has to look for their first card. */
export const arrivalFailed: NoticeKind<'arrivalFailed'> = {
  kind: 'arrivalFailed',
  face: (events, now, { further, about }) => ({
    ...resetsFace(false, about, now, { ...NO_FURTHER, total: further.total }),
    what: `${counted(events.length + further.total, 'password')} not in Microsoft 365`,
    tone: 'attention',
  }),
  digest: (count) => `${counted(count, 'password')} not in Microsoft 365`,
};
