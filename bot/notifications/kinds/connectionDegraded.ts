import { said } from '../../../cards/shared/said';
import { oneByOne } from '../faces/oneByOne';
import { quoted } from '../faces/quoted';
import { type NoticeKind, times } from './noticeKind';

export const connectionDegraded: NoticeKind<'connectionDegraded'> = {
  kind: 'connectionDegraded',
  title: 'A connection got worse',
  face: oneByOne(
    ({ facts: { finding, saidBy } }) => ({
      heading: saidBy ? `${said(saidBy, 64)} reports a problem` : 'A connection got worse',
      tone: 'warning',
      lead: saidBy ? quoted(saidBy, finding) : said(finding, 500),
    }),
    (count) => `Connections got worse (${count.toLocaleString('en')} times)`,
  ),
  digest: times('connection got worse'),
};
