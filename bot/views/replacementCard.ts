import type { Fact } from '../../cards/fragments/facts';
import type { Button } from '../../cards/fragments/more';
import { type QuestionData, questionCard } from '../../cards/question';
import type { Card } from '../../cards/shared/card';
import { said } from '../../cards/shared/said';
import { dateTime, line, type Text, time } from '../../cards/shared/time';
import { fingerprintOf } from '../../domain/agentProtocol/fingerprint';
import type { Agent, Replacement } from '../../domain/agents/agent';

interface Asked {
  tokenId: string;
  customer: string;
  /** The agent's current state; absent when it was deleted. */
  agent?: Agent;
  replacement: Replacement;
  /** The name of the person who made the install command. */
  issuer: string;
  now: number;
}

/** Asks whether another key may replace an agent's key; the same card shows the answer later. */
export function replacementCard({ tokenId, customer, agent, replacement, issuer, now }: Asked): Card {
  const { machine, state, expiresAt } = replacement;
  const name = said(agent?.machine.name ?? machine.name, 64);
  const open = state === 'waiting' && expiresAt > now;
  return questionCard({
    heading: open ? `Another key wants to replace the agent on ${name}` : `The agent on ${name}`,
    about: said(customer),
    tone: open ? 'attention' : 'neutral',
    lead: open ? questionOf(issuer, expiresAt) : outcomeOf(replacement, name),
    groups: [...(agent ? [agentNow(agent, replacement)] : []), newProgram(replacement)],
    buttons: open ? buttonsFor(tokenId, name) : [],
  });
}

const questionOf = (issuer: string, expiresAt: number): Text =>
  line`Did your team install the agent again, with the install command that ${issuer} made? If not, answer no: somebody else has the command. The agent keeps working until then. If nobody answers by ${time(expiresAt)}, Keyturn keeps the agent.`;

function outcomeOf({ state, by }: Replacement, name: string): string {
  const who = by?.name ?? 'Somebody';
  if (state === 'allowed')
    return `${who} allowed the new key. The new program on ${name} continues by itself.`;
  if (state === 'refused') return `${who} refused the new key. The earlier agent keeps working.`;
  return 'Nobody answered within half an hour, so the new key is refused. The earlier agent keeps working.';
}

type Group = QuestionData['groups'][number];

const agentNow = ({ address, lastBeatAt, version, machine }: Agent, { oldKey }: Replacement): Group => ({
  title: 'The agent now',
  facts: [
    ['Key', fingerprintOf({ x: oldKey })],
    ['Address', address ?? 'Not known yet'],
    ['Last contact', line`${dateTime(lastBeatAt)}`],
    saysItIs(machine, version),
  ],
});

const newProgram = ({ publicKey, address, machine, version }: Replacement): Group => ({
  title: 'The new program',
  facts: [['Key', fingerprintOf(publicKey)], ['Address', address ?? 'Not known'], saysItIs(machine, version)],
});

/** Nobody has checked what a program says about itself. */
const saysItIs = ({ name, os, domain = '' }: Replacement['machine'], version: string): Fact => [
  'Says it is',
  [said(name, 64), said(domain, 64), said(os, 64), `agent ${said(version, 32)}`].filter(Boolean).join(', '),
];

const buttonsFor = (tokenId: string, name: string): Button[] => [
  { title: 'No, keep it', verb: 'replaceAgent', data: { tokenId, allow: false } },
  {
    ...{ title: `Yes, replace ${name}`, verb: 'replaceAgent', data: { tokenId, allow: true } },
    style: 'destructive',
  },
];
