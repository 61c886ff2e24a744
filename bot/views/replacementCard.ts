import { type NoticeData, noticeCard } from '../../cards/notice';
import type { Card } from '../../cards/shared/card';
import { lasting, timeOfDay } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { fingerprintOf } from '../../domain/agentProtocol/fingerprint';
import type { Agent, Replacement } from '../../domain/agents/agent';

interface Asked {
  tokenId: string;
  customer: string;
  /** The agent's current state; absent when it was deleted. */
  agent?: Agent;
  replacement: Replacement;
  /** The name of the person who asked for the install command. */
  issuer: string;
  now: number;
}

/** Asks whether another key may replace an agent's key; the same card shows the answer later. */
export function replacementCard({ tokenId, customer, agent, replacement, issuer, now }: Asked): Card {
  const { machine, state, expiresAt } = replacement;
  const name = said(agent?.machine.name ?? machine.name, 64);
  const open = state === 'waiting' && expiresAt > now;
  return noticeCard({
    what: open ? `Another key wants to replace the agent on ${name}` : `The agent on ${name}`,
    customer: said(customer),
    tone: open ? 'attention' : 'neutral',
    lead: open ? questionOf(issuer, expiresAt) : outcomeOf(replacement, name),
    rows: [...(agent ? [there(agent, replacement)] : []), wanting(replacement)],
    buttons: open ? buttonsFor(tokenId, name) : [],
  });
}

const questionOf = (issuer: string, expiresAt: number): string =>
  `It used the install command that ${issuer} made. Did your team install the agent again? If not, answer no: somebody else has the command. The agent that is there goes on until you answer. This question closes at ${timeOfDay(expiresAt)}, as a no.`;

function outcomeOf({ state, by }: Replacement, name: string): string {
  const who = by?.name ?? 'Somebody';
  if (state === 'allowed')
    return `${who} allowed that another key takes its place. The program on ${name} goes on by itself.`;
  if (state === 'refused')
    return `${who} refused that another key takes its place. The agent that was there goes on.`;
  return 'Nobody answered within half an hour whether another key may take its place. The agent that was there goes on.';
}

type Row = NoticeData['rows'][number];

function there({ address, lastBeatAt, version, machine }: Agent, { askedAt, oldKey }: Replacement): Row {
  const heard =
    lastBeatAt <= askedAt
      ? `Heard of ${lasting(askedAt - lastBeatAt)} before this was asked`
      : 'Heard of since';
  return {
    title: 'The agent that is there',
    lines: [
      `Key: ${fingerprintOf({ x: oldKey })}`,
      `Address: ${address ?? 'not known yet'}`,
      heard,
      toldBy(machine, version),
    ],
  };
}

const wanting = ({ publicKey, address, machine, version }: Replacement): Row => ({
  title: 'The new program',
  lines: [`Key: ${fingerprintOf(publicKey)}`, `Address: ${address ?? 'not known'}`, toldBy(machine, version)],
});

const toldBy = ({ name, os, domain = '' }: Replacement['machine'], version: string): string =>
  `It says that it is ${[said(name, 64), said(domain, 64), said(os, 64), `agent ${said(version, 32)}`].filter(Boolean).join(', ')}`;

const buttonsFor = (tokenId: string, name: string): NoticeData['buttons'] => [
  { title: 'No, keep it', verb: 'replaceAgent', data: { tokenId, allow: false } },
  { title: `Yes, replace ${name}`, verb: 'replaceAgent', data: { tokenId, allow: true } },
];
