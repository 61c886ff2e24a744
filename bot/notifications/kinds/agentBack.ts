import { counted, lasting } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { type NoticeKind, times } from './noticeKind';

export const agentBack: NoticeKind<'agentBack'> = {
  kind: 'agentBack',
  title: 'An agent is back',
  face: oneByOne(({ at, facts: { agentName, offlineSince, waiting } }) => ({
    what: 'Agent back',
    tone: 'good',
    lead: `${said(agentName, 64)} is back after ${lasting(at - offlineSince)}.${waiting > 0 ? ` ${counted(waiting, 'event')} that it kept follow now.` : ''}`,
  })),
  digest: times('agent back'),
};
