import { said } from '../../cards/said';
import type { EventFacts } from '../../domain/events/customerEvent';
import type { Telling } from '../../domain/events/telling';
import type { Face } from './face';

type Disagreement = Extract<EventFacts, { kind: 'agentsDisagree' }>;

/** Two agents tell of one reset what cannot both be true. */
export const disagreeFace = ({ account, tellings }: Disagreement): Face => ({
  what: 'Alarm, two agents disagree',
  tone: 'attention',
  lead: `${tellings.map(({ agentName }) => said(agentName, 64)).join(' and ')} say different things about one password of ${said(account, 120)}. Keyturn counts the worse one. Check both servers: an older agent may know less, or somebody controls one of them.`,
  rows: [{ title: said(account, 120), lines: tellings.map(saidBy) }],
  asks: false,
});

const HOW: Record<Telling['how'], string> = {
  reset: 'reset',
  change: 'changed by the user',
  unknown: 'set, not known how',
};

/** What one agent told, in a line. */
export function saidBy({ agentName, how, by, privileged, account }: Telling): string {
  const who = by && how !== 'change' ? ` by ${said(`${by.domain}\\${by.name}`, 120)}` : '';
  const kind = privileged ? 'privileged account' : 'ordinary account';
  return `${said(agentName, 64)}: ${said(account, 120)} was ${HOW[how]}${who}, ${kind}`;
}
