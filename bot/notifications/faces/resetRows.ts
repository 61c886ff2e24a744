import type { NoticeData } from '../../../cards/notice';
import type { Badge } from '../../../cards/shared/card';
import { lasting, when } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import type { Arrival, CustomerEvent, EventFacts } from '../../../domain/events/customerEvent';
import { contradicted } from '../../../domain/resets/telling';
import { saidBy } from './tellingWords';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;
export type ResetEvent = CustomerEvent & { facts: ResetFacts };

export const isReset = (event: CustomerEvent): event is ResetEvent => 'reset' in event.facts;

/** The row of one reset: whose account, by whom, when, and whether it arrived in Microsoft 365. */
export function resetRow({ facts, privileged }: ResetEvent, now: number): NoticeData['rows'][number] {
  const { user } = facts.reset;
  const name = said(user.displayName ?? '', 120);
  const account = said(user.userPrincipalName ?? user.samAccountName, 120);
  return {
    title: name && name !== account ? `${name} (${account})` : account,
    lines: [doneBy(facts, now), ...marks(facts, privileged), ...differing(facts)],
    state: arrivalBadge(facts),
  };
}

const DONE = { reset: 'Reset', change: 'Changed by the user', unknown: 'Set' };

function doneBy({ reset, agentName }: ResetFacts, now: number): string {
  const { how, by, times, changedAt } = reset;
  const often = times > 1 ? ` ${times} times, last` : '';
  const who =
    how === 'change' ? '' : by ? ` by ${said(`${by.domain}\\${by.name}`, 120)}` : ', not known by whom';
  return `${DONE[how]}${often}${who}, ${when(changedAt, now)} · ${said(agentName, 64)}`;
}

function marks({ reset, explanation }: ResetFacts, privileged: boolean): string[] {
  const said = [
    privileged ? 'privileged account' : '',
    reset.mustChange ? 'must be changed at the next sign-in' : '',
    reset.late ? 'found late' : '',
    explanation.state === 'unexplained' ? 'unexplained' : '',
  ].filter(Boolean);
  return said.length > 0 ? [said.join(' · ')] : [];
}

/** What each agent told, when they differ. */
function differing({ tellings = [] }: ResetFacts): string[] {
  const differ = tellings.some((each, n) => contradicted(tellings.slice(0, n), each));
  return differ ? [`⚠ Agents disagree: ${tellings.map(saidBy).join(' · ')}`] : [];
}

/**
 * A shorter time may come from a clock that is ahead; then the card tells only when Keyturn itself saw the
 * password.
 */
const SURE_MS = 2_000;

function arrivalBadge({ arrival, reset }: ResetFacts): Badge {
  const { state, finding = '' } = arrival;
  switch (state) {
    case 'checking':
      if (finding) return { text: `not in Microsoft 365: ${finding}`, tone: 'attention', symbol: '⚠' };
      return { text: 'checking whether it arrives in Microsoft 365', tone: 'accent', symbol: '…' };
    case 'live':
      return { text: liveText(arrival, reset), tone: 'good', symbol: '✓' };
    case 'notThere':
      return { text: `not seen in Microsoft 365 within 10 min. ${finding}`, tone: 'attention', symbol: '✗' };
    case 'notKnown':
      return {
        text: `not known whether it arrived in Microsoft 365: ${finding}`,
        tone: 'attention',
        symbol: '⚠',
      };
    case 'notTracked':
      return { text: finding || 'not followed into Microsoft 365', tone: 'neutral', symbol: '○' };
  }
}

function liveText({ afterMs = 0, checkedAt }: Arrival, { changedAt, seenAt }: ResetFacts['reset']): string {
  if (afterMs >= SURE_MS || checkedAt === undefined) return `live in Microsoft 365 after ${lasting(afterMs)}`;
  return `live in Microsoft 365, seen there after ${lasting(checkedAt - Math.min(changedAt, seenAt))}`;
}
