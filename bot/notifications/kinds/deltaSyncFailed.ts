import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { quoted } from '../faces/quoted';
import { type NoticeKind, times } from './noticeKind';

export const deltaSyncFailed: NoticeKind<'deltaSyncFailed'> = {
  kind: 'deltaSyncFailed',
  title: 'A delta sync did not run',
  face: oneByOne(
    ({ facts: { agentName, sync } }) => ({
      heading: `The delta sync on ${said(agentName, 64)} did not run`,
      tone: 'warning',
      lead: quoted(agentName, sync.finding),
    }),
    (count) => `Delta syncs did not run (${count.toLocaleString('en')} times)`,
  ),
  digest: times('delta sync did not run'),
};
