import { resetsFace } from '../faces/resetsFace';
import { countedAs, type NoticeKind } from './noticeKind';

export const resetLate: NoticeKind<'resetLate'> = {
  kind: 'resetLate',
  title: 'Resets that were found late',
  ofResets: true,
  face: (events, told, { further }) => resetsFace(events, told, further),
  digest: countedAs('password reset', ' found late'),
};
