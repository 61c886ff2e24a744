import { oneByOne } from '../faces/oneByOne';
import { quoted } from '../faces/quoted';
import { type NoticeKind, times } from './noticeKind';

export const deltaSyncFailed: NoticeKind<'deltaSyncFailed'> = {
  kind: 'deltaSyncFailed',
  title: 'A delta sync did not run',
  face: oneByOne(({ facts }) => ({
    what: 'Delta sync did not run',
    tone: 'warning',
    lead: quoted(facts.agentName, facts.sync.finding),
  })),
  digest: times('delta sync did not run'),
};
