import { counted, lasting } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { type NoticeKind, times } from './noticeKind';

export const agentBack: NoticeKind<'agentBack'> = {
  kind: 'agentBack',
  title: 'An agent is back',
  face: oneByOne(
    ({ at, facts: { agentName, offlineSince, waiting } }) => ({
      heading: `${said(agentName, 64)} is back after ${lasting(at - offlineSince)}`,
      tone: 'good',
      // What it did not see meanwhile it looks for now, so nobody can say that there was nothing.
      lead: waiting > 0 ? `It now reports the ${counted(waiting, 'event')} that it kept.` : '',
    }),
    (count) => `${counted(count, 'agent')} are back`,
  ),
  digest: times('agent back'),
};
