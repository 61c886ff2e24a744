import { counted } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { line } from '../../../cards/shared/time';
import { momentOn } from '../faces/face';
import { oneByOne } from '../faces/oneByOne';
import { type NoticeKind, times } from './noticeKind';

export const agentOffline: NoticeKind<'agentOffline'> = {
  kind: 'agentOffline',
  title: 'An agent goes offline',
  face: oneByOne(
    ({ facts: { agentName, since, waiting } }, told) => ({
      heading: line`No contact with ${said(agentName, 64)} since ${momentOn(told)(since)}`,
      tone: 'attention',
      lead: `It keeps recording and reports when it is back.${waiting > 0 ? ` ${counted(waiting, 'event')} were waiting already.` : ''} Check that the server is on and reaches the internet.`,
    }),
    (count) => `No contact with ${counted(count, 'agent')}`,
  ),
  digest: times('agent offline'),
};
