import { counted, when } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { type NoticeKind, times } from './noticeKind';

export const agentOffline: NoticeKind<'agentOffline'> = {
  kind: 'agentOffline',
  title: 'An agent goes offline',
  face: oneByOne(({ facts: { agentName, since, waiting } }, now) => ({
    what: 'Agent offline',
    tone: 'attention',
    lead: `${said(agentName, 64)} has not been heard of since ${when(since, now)}. What it sees is kept there and told when it is back${waiting > 0 ? `; ${counted(waiting, 'event')} were waiting already` : ''}. Check that the server is on and reaches the internet.`,
  })),
  digest: times('agent offline'),
};
