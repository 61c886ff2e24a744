import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { saidBy } from '../faces/tellingWords';
import { type NoticeKind, times } from './noticeKind';

/** Two agents contradict each other about one reset. */
export const agentsDisagree: NoticeKind<'agentsDisagree'> = {
  kind: 'agentsDisagree',
  face: oneByOne(({ facts: { account, tellings } }) => ({
    what: 'Alarm, two agents disagree',
    tone: 'attention',
    lead: `${tellings.map(({ agentName }) => said(agentName, 64)).join(' and ')} say different things about one password of ${said(account, 120)}. Keyturn counts the worse one. Check both servers: an older agent may know less, or somebody controls one of them.`,
    rows: [{ title: said(account, 120), lines: tellings.map(saidBy) }],
  })),
  digest: times('agents disagree'),
};
