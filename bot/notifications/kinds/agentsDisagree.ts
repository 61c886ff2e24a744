import { counted } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { toldOf } from '../faces/tellingWords';
import { type NoticeKind, times } from './noticeKind';

/** Two agents contradict each other about one reset. */
export const agentsDisagree: NoticeKind<'agentsDisagree'> = {
  kind: 'agentsDisagree',
  face: oneByOne(
    ({ facts: { account, tellings } }) => ({
      heading: `Alarm: ${tellings.map(({ agentName }) => said(agentName, 64)).join(' and ')} disagree about the password of ${said(account, 120)}`,
      tone: 'attention',
      facts: tellings.map((telling) => [said(telling.agentName, 64), toldOf(telling)] as const),
      lead: 'Keyturn counts the worse one. Check both servers: an older agent may know less, or somebody controls one of them.',
    }),
    (count) => `Alarm: agents disagree about ${counted(count, 'password')}`,
  ),
  digest: times('agents disagree'),
};
