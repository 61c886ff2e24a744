import { agentsCard } from '../../cards/agents';
import type { Badge, Card } from '../../cards/card';
import { counted, lasting, when } from '../../cards/format';
import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { Agent } from '../../domain/agents/agent';
import { listAgents } from '../../domain/agents/listAgents';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Actor } from '../../domain/people/person';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';

/** A customer's agents, with what this person may do with them. */
export async function showAgents(
  deps: AppDeps,
  actor: Actor,
  customerId: string,
  more: { said?: string; problem?: string } = {},
): Promise<Card> {
  const agents = await listAgents(deps, actor, customerId);
  const { value } = await activeCustomer(deps.stores.customers, customerId);
  const manages = actor.permissions.has('agents.manage');
  return agentsCard({
    customerId,
    customer: value.name,
    agents: agents.map((agent) => rowOf(agent, deps.clock.now(), manages)),
    orders: manages && agents.length > 0 ? ordersFor(agents) : [],
    canInstall: manages,
    ...more,
  });
}

const ordersFor = (agents: readonly Stored<Agent>[]) => [
  ...(agents.some(({ value }) => value.health?.connect.state === 'ready')
    ? [{ title: 'Delta sync now', order: 'deltaSync' }]
    : []),
  { title: 'Read users again', order: 'inventory' },
];

function rowOf({ id, value }: Stored<Agent>, now: number, canRevoke: boolean) {
  return {
    id,
    name: `${value.machine.name} (agent ${value.version})`,
    state: agentBadge(value, now),
    lines: [...healthLines(value.health, now), ...clockLine(value), ...waitingLine(value, now)],
    canRevoke,
  };
}

function agentBadge({ state, stateSince }: Agent, now: number): Badge {
  if (state === 'online')
    return { text: `online for ${lasting(now - stateSince)}`, tone: 'good', symbol: '✓' };
  return { text: `offline since ${when(stateSince, now)}`, tone: 'attention', symbol: '✗' };
}

const CONNECT: Record<AgentHealth['connect']['state'], string> = {
  notInstalled: '',
  ready: 'Azure AD Connect runs here and is ready',
  staging: 'Azure AD Connect is in staging mode',
  suspended: 'The scheduler of Azure AD Connect is suspended',
  disabled: 'The sync cycle of Azure AD Connect is switched off',
  noRights: 'Azure AD Connect is here, but may not be run by the agent',
  noModule: 'Azure AD Connect is here, but its PowerShell module cannot be loaded',
  cloudSync: 'The cloud sync agent runs here: no delta sync can be started',
  unknown: '',
};

function healthLines(health: AgentHealth | undefined, now: number): string[] {
  if (!health) return ['It has not said how it is yet.'];
  const { directory, connect, eventLog } = health;
  const reads =
    directory.state === 'reading'
      ? `Reads ${directory.domain ?? 'the directory'} on ${directory.domainController ?? 'its domain controller'}`
      : directory.state === 'notConfigured'
        ? ''
        : `Active Directory: ${directory.finding ?? directory.state}`;
  const log =
    directory.state === 'reading' && eventLog.state !== 'read' ? 'Cannot read who reset a password' : '';
  const ran = connect.lastRunAt === undefined ? '' : `, last delta sync ${when(connect.lastRunAt, now)}`;
  const syncs = CONNECT[connect.state] ? `${connect.finding ?? CONNECT[connect.state]}${ran}` : '';
  return [reads, log, syncs].filter(Boolean);
}

const TOLERATED_MS = 30_000;

const clockLine = ({ skewMs }: Agent): string[] =>
  Math.abs(skewMs) > TOLERATED_MS
    ? [
        `⚠ Its clock is ${lasting(Math.abs(skewMs))} ${skewMs > 0 ? 'slow' : 'fast'}: set the time of the machine`,
      ]
    : [];

const waitingLine = ({ waiting: { events, oldestAt } }: Agent, now: number): string[] =>
  events > 0
    ? [
        `${counted(events, 'event')} waited there${oldestAt === undefined ? '' : `, the oldest from ${when(oldestAt, now)}`}`,
      ]
    : [];
