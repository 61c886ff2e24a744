import template from './checks.json';
import { headerOf } from './fragments/header';
import { type Button, type LinkButton, moreOf } from './fragments/more';
import { type Card, colourOf, presenter, type Tone } from './shared/card';
import { counted } from './shared/format';

export interface CheckRow {
  title: string;
  state: 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'notRun';
  finding?: string;
  /** What to do about it. */
  cure?: string;
  /** What an administrator can run instead. */
  script?: string;
}

export interface ChecksData {
  /** The customer's name. */
  customer: string;
  /** The tenant's name or domain. */
  tenant: string;
  state: 'running' | 'connected' | 'connectedBut' | 'failed';
  checks: CheckRow[];
  /** True on a card that says the outcome already: it needs no heading. */
  inside?: boolean;
  /** The first is the next click. */
  buttons: (Button | LinkButton)[];
}

const SIGNS: Record<CheckRow['state'], { symbol: string; word: string; tone: Tone }> = {
  waiting: { symbol: '○', word: 'waits', tone: 'neutral' },
  running: { symbol: '…', word: 'is being tested', tone: 'accent' },
  passed: { symbol: '✓', word: 'passed', tone: 'good' },
  warned: { symbol: '⚠', word: 'needs a look', tone: 'warning' },
  failed: { symbol: '✗', word: 'failed', tone: 'attention' },
  notRun: { symbol: '○', word: 'not tested', tone: 'neutral' },
};

const render = presenter(template);

/**
 * The test of a connection. What failed stands open with what to do; what passed is one line. It says
 * 'connected' only after the tests succeeded.
 */
export function checksCard(data: ChecksData): Card {
  const { checks, state, tenant, buttons } = data;
  const heading = headingOf(data);
  const running = state === 'running';
  const passed = checks.filter((check) => check.state === 'passed');
  const open = checks.filter((check) => check.state === 'failed' || check.state === 'warned');
  const others = checks.filter((check) => check.state === 'notRun');
  return render({
    headed: !data.inside,
    ...headerOf({ heading, under: tenant && `Tenant: ${tenant}` }),
    speak: heading,
    open: running ? [] : open.map(openCheck),
    lines: (running ? checks : others).map(lineOf),
    folded: running || passed.length === 0 ? [] : [foldedOf(passed)],
    buttons: moreOf(buttons),
  });
}

function headingOf({ state, customer, checks }: ChecksData): string {
  const done = checks.filter((check) => check.state !== 'waiting' && check.state !== 'running').length;
  const missing = checks.filter((check) => check.state === 'failed' || check.state === 'warned');
  const failed = counted(missing.length, 'check');
  switch (state) {
    case 'running':
      return `… Testing Microsoft 365 of ${customer}: ${done} of ${checks.length} done`;
    case 'connected':
      return `✓ ${customer} is connected to Microsoft 365`;
    case 'connectedBut':
      return `⚠ ${customer} is connected to Microsoft 365, but ${failed} need${missing.length === 1 ? 's' : ''} a look`;
    case 'failed':
      return `✗ ${customer} is not connected to Microsoft 365 yet`;
  }
}

const openCheck = ({ title, state, finding = '', cure = '', script = '' }: CheckRow, index: number) => ({
  scriptId: `script${index}`,
  title: `${title}: ${SIGNS[state].word}`,
  symbol: SIGNS[state].symbol,
  colour: colourOf(SIGNS[state].tone),
  ...{ finding, cure, script },
});

const lineOf = ({ title, state }: CheckRow) => ({
  line: state === 'passed' ? title : `${title}: ${SIGNS[state].word}`,
  symbol: SIGNS[state].symbol,
  colour: colourOf(SIGNS[state].tone),
});

const foldedOf = (passed: readonly CheckRow[]) => ({
  count: `${counted(passed.length, 'check')} passed`,
  findings: passed.map(({ title, finding }) => ({ finding: finding ? `${title}. ${finding}` : title })),
});
