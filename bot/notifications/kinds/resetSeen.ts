import { resetsFace } from '../faces/resetsFace';
import { countedAs, type NoticeKind } from './noticeKind';

export const resetSeen: NoticeKind<'resetSeen'> = {
  kind: 'resetSeen',
  title: 'Password resets seen in Active Directory',
  ofResets: true,
  face: (events, told, { further }) => resetsFace(events, told, further),
  digest: countedAs('password reset'),
};
