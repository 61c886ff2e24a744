import { csvLine } from '../../../api/csv';
import { parseCsv } from '../../helpers/process/csv';

test.each(['Contoso', '', 'a,b', 'say "hi"', 'two\r\nlines', ' spaced ', 'a;b', '🚀 שלום', "'quoted", 'a=b'])(
  '%j comes back as it was',
  (text) => {
    expect(parseCsv(csvLine([text, 'x']))).toEqual([[text, 'x']]);
  },
);

test.each([
  '=SUM(A1:A2)',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  '＝1',
  '=HYPERLINK("http://evil.example","x")',
])('a spreadsheet reads %j as text, not as a formula', (text) => {
  expect(parseCsv(csvLine(['x', text]))).toEqual([['x', `'${text}`]]);
});

test.each([
  ['a;=1+1', "a;'=1+1"],
  ['a\n@x', "a\n'@x"],
  ['a\t-1;+2', "a\t'-1;'+2"],
])('%j holds no formula for a spreadsheet with other separators either', (text, written) => {
  expect(parseCsv(csvLine([text]))).toEqual([[written]]);
});
