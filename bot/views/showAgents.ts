import { agentsCard } from '../../cards/agents';
import type { Badge, Card } from '../../cards/shared/card';
import { counted, lasting, when } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { Agent, AgentOrder, InstallToken } from '../../domain/agents/agent';
import { unreadSentence } from '../../domain/agents/degraded';
import { openQuestions } from '../../domain/agents/enrolment/openQuestions';
import { listAgents } from '../../domain/agents/listAgents';
import { kindOf, WISHES } from '../../domain/agents/orders';
import { lastFailure } from '../../domain/agents/orders/lastFailure';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Actor } from '../../domain/people/person';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { questionLines, serverRoleLines } from './serverRole';

/** A customer's agents, with what this person may do with them. */
export async function showAgents(
  deps: AppDeps,
  actor: Actor,
  customerId: string,
  more: { said?: string; problem?: string } = {},
): Promise<Card> {
  const agents = await listAgents(deps, actor, customerId);
  const { value } = await activeCustomer(deps.stores.customers, customerId);
  const questions = await openQuestions(deps, customerId);
  const manages = actor.permissions.has('agents.manage');
  return agentsCard({
    customerId,
    customer: value.name,
    agents: await Promise.all(
      agents.map(async (agent) => {
        const failed = await lastFailure(deps, agent.id);
        const asked = questions.find(({ value: { replacement } }) => replacement?.agentId === agent.id);
        return rowOf(agent, { failed, asked }, deps.clock.now(), manages);
      }),
    ),
    orders: manages && agents.length > 0 ? ordersFor(agents) : [],
    canInstall: manages,
    ...more,
  });
}

const ordersFor = (agents: readonly Stored<Agent>[]) =>
  [...WISHES].flatMap(([order, { title, offered }]) => (offered(agents) ? [{ title, order }] : []));

function rowOf(
  { id, value }: Stored<Agent>,
  { failed, asked }: { failed: AgentOrder | undefined; asked: Stored<InstallToken> | undefined },
  now: number,
  canRevoke: boolean,
) {
  return {
    id,
    name: `${said(value.machine.name, 64)} (agent ${said(value.version, 32)})`,
    state: agentBadge(value, now),
    lines: [
      ...questionLines(asked?.value),
      ...serverRoleLines(value),
      ...healthLines(value.health, now),
      ...notReadLines(value),
      ...failureLine(failed, now),
      ...clockLine(value),
      ...waitingLine(value, now),
    ],
    canRevoke,
  };
}

function agentBadge({ state, stateSince, health }: Agent, now: number): Badge {
  if (state !== 'online')
    return { text: `offline since ${when(stateSince, now)}`, tone: 'attention', symbol: '✗' };
  const text = `online for ${lasting(now - stateSince)}`;
  const halfBlind = (health?.directory.unreadUsers ?? 0) > 0;
  return halfBlind
    ? { text: `${text}, but not all users can be read`, tone: 'warning', symbol: '⚠' }
    : { text, tone: 'good', symbol: '✓' };
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
  const log =
    directory.state === 'reading' && eventLog.state !== 'read' ? 'Cannot read who reset a password' : '';
  const ran = connect.lastRunAt === undefined ? '' : `, last delta sync ${when(connect.lastRunAt, now)}`;
  const words = connect.finding
    ? `It says of Azure AD Connect: “${said(connect.finding)}”`
    : CONNECT[connect.state];
  const found = connect.state === 'notInstalled' ? '' : words;
  return [readsLine(health), log, found && `${found}${ran}`].filter(Boolean);
}

/** What the agent cannot read, and which of its reports the bot could not read. */
const notReadLines = ({ health, notRead }: Agent): string[] => [
  ...(health?.directory.unreadUsers ? [`⚠ ${unreadSentence(health.directory.unreadUsers)}`] : []),
  ...(notRead ? [notReadText(notRead)] : []),
];

const notReadText = ({ events, users }: NonNullable<Agent['notRead']>) =>
  `⚠ Not readable of what it sent so far: ${counted(events, 'event')}, ${counted(users, 'user')}. Update the agent or the bot, whichever is older.`;

function readsLine({ directory, connect }: AgentHealth): string {
  const { state, domain, domainController, finding } = directory;
  if (state === 'reading')
    return `Reads ${said(domain ?? 'the directory', 120)} on ${said(domainController ?? 'its domain controller', 120)}`;
  if (state !== 'notConfigured')
    return finding ? `It says of Active Directory: “${said(finding)}”` : `Active Directory: ${state}`;
  const missing = finding !== undefined && connect.state === 'notInstalled';
  return missing ? `Reads no directory. It says: “${said(finding)}”` : 'Reads no directory';
}

const failureLine = (failed: AgentOrder | undefined, now: number): string[] =>
  failed
    ? [
        `⚠ The ${kindOf(failed.verb)?.noun ?? 'order'} ordered ${when(failed.issuedAt, now)} ${failed.mayBeDone ? 'may have been done, or not' : 'failed'}. It says: “${said(failed.finding ?? '')}”`,
      ]
    : [];

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
