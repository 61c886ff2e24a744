import type { AgentRow } from '../../cards/agents';
import type { Badge } from '../../cards/shared/card';
import { counted } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { dateTime, joined, line, type Text } from '../../cards/shared/time';
import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { Agent, AgentOrder, InstallToken } from '../../domain/agents/agent';
import type { Stored } from '../../domain/ports';
import { problemsOf } from './agentProblems';
import { serverRoleOf } from './serverRole';

/** One agent as the card shows it. */
export function agentRow(
  { id, value }: Stored<Agent>,
  more: { failed: AgentOrder | undefined; asked: InstallToken | undefined },
  canRevoke: boolean,
): AgentRow {
  const problems = problemsOf(value, more);
  return {
    id,
    name: said(value.machine.name, 64),
    state: stateOf(value, problems.length > 0),
    under: underOf(value),
    problems,
    facts: factsOf(value),
    canRevoke,
  };
}

function stateOf({ state }: Agent, needsAttention: boolean): Badge {
  if (state !== 'online') return { text: 'Offline', tone: 'attention', symbol: '✗' };
  return needsAttention
    ? { text: 'Needs attention', tone: 'warning', symbol: '⚠' }
    : { text: 'Online', tone: 'good', symbol: '✓' };
}

function underOf(agent: Agent): Text {
  const { state, lastBeatAt, machine, place, health } = agent;
  if (state === 'online') return health ? worksOn(health) : 'No report yet';
  const after =
    place === 'otherServer'
      ? 'No delta sync can be started there until it is back.'
      : 'It keeps recording and reports when it is back.';
  return line`No contact with ${said(machine.name, 64)} since ${dateTime(lastBeatAt)}. ${after}`;
}

const worksOn = (health: AgentHealth): string =>
  [
    health.directory.state === 'reading'
      ? `Reads ${said(health.directory.domain ?? 'the directory', 120)}`
      : '',
    health.connect.state === 'ready' ? 'Microsoft Entra Connect is ready' : '',
    health.connect.state === 'cloudSync' ? 'Cloud sync runs here: no delta sync can be started' : '',
  ]
    .filter(Boolean)
    .join(' · ') || 'Reads no directory';

const factsOf = ({ stateSince, state, health, version, waiting, ...agent }: Agent): AgentRow['facts'] => [
  ['Reads from', said(health?.directory.domainController ?? '', 120)],
  ['Installed for', serverRoleOf(agent)],
  ...(health?.connect.lastRunAt === undefined
    ? []
    : [['Last sync', line`${dateTime(health.connect.lastRunAt)}`] as const]),
  [state === 'online' ? 'Online since' : 'Offline since', line`${dateTime(stateSince)}`],
  ['Waiting', waitingOf(waiting)],
  ['Version', said(version, 32)],
];

const waitingOf = ({ events, oldestAt }: Agent['waiting']): Text => {
  if (events === 0) return '';
  const count = counted(events, 'event');
  return oldestAt === undefined ? count : joined([count, line`the oldest from ${dateTime(oldestAt)}`], ', ');
};
