import template from './checks.json';
import { type Card, colourOf, presenter, type Tone } from './shared/card';

export interface CheckRow {
  title: string;
  state: 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'notRun';
  finding?: string;
  /** What to do about it. */
  cure?: string;
}

export interface ChecksData {
  customerId: string;
  /** The customer's name. */
  customer: string;
  /** The tenant's name or domain. */
  tenant: string;
  state: 'running' | 'connected' | 'connectedBut' | 'failed';
  checks: CheckRow[];
  canTestAgain: boolean;
}

const STATES: Record<CheckRow['state'], { sign: string; tone: Tone }> = {
  waiting: { sign: '○ Waiting', tone: 'neutral' },
  running: { sign: '… Testing', tone: 'accent' },
  passed: { sign: '✓ Passed', tone: 'good' },
  warned: { sign: '⚠ Look at this', tone: 'warning' },
  failed: { sign: '✗ Failed', tone: 'attention' },
  notRun: { sign: '– Not tested', tone: 'neutral' },
};

const render = presenter(template);

/**
 * The tests of a connection, as they turn green one by one. It says 'connected' only after the tests
 * succeeded.
 */
export const checksCard = (data: ChecksData): Card =>
  render({
    ...data,
    ...verdictOf(data),
    speak: verdictOf(data).verdict,
    checks: data.checks.map(rowOf),
  });

function verdictOf({ state, customer, checks }: ChecksData) {
  const done = checks.filter((check) => check.state !== 'waiting' && check.state !== 'running').length;
  const verdicts: Record<ChecksData['state'], readonly [style: string, verdict: string]> = {
    running: ['emphasis', `… Testing the Office 365 of ${customer}: ${done} of ${checks.length} done`],
    connected: ['good', `✓ ${customer} is connected to Office 365. All tests passed.`],
    connectedBut: ['warning', `⚠ ${customer} is connected to Office 365, but something is missing.`],
    failed: ['attention', `✗ ${customer} is not connected to Office 365 yet.`],
  };
  const [style, verdict] = verdicts[state];
  return { style, verdict };
}

const rowOf = ({ title, state, finding = '', cure = '' }: CheckRow) => ({
  title,
  sign: STATES[state].sign,
  colour: colourOf(STATES[state].tone),
  finding,
  cure,
});
