import { counted, lasting } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { dateTime, line, type Text } from '../../cards/shared/time';
import type { AgentHealth } from '../../domain/agentProtocol/health';
import type { Agent, AgentOrder, InstallToken } from '../../domain/agents/agent';
import { unreadSentence } from '../../domain/agents/degraded';
import { kindOf } from '../../domain/agents/orders';
import { ignoredLines, questionLines } from './serverRole';

/** What is wrong with an agent, each with what to do; its own words stand as such. */
export const problemsOf = (
  agent: Agent,
  { failed, asked }: { failed: AgentOrder | undefined; asked: InstallToken | undefined },
): Text[] => [
  ...questionLines(asked),
  ...healthProblems(agent.health),
  ...ignoredLines(agent),
  ...notReadLines(agent),
  ...failureLine(failed),
  ...clockLine(agent),
];

const DIRECTORY: Record<AgentHealth['directory']['state'], string> = {
  reading: '',
  starting: '',
  notConfigured: '',
  unreachable: 'Active Directory does not answer.',
  refused: 'Active Directory refuses the agent’s account.',
  certificate: 'The domain controller’s certificate is not valid for the agent.',
};
const CONNECT: Record<AgentHealth['connect']['state'], string> = {
  notInstalled: '',
  ready: '',
  cloudSync: '',
  unknown: '',
  staging: 'Microsoft Entra Connect is in staging mode: it syncs no passwords.',
  suspended: 'The scheduler of Microsoft Entra Connect is suspended.',
  disabled: 'The sync cycle of Microsoft Entra Connect is switched off.',
  noRights: 'The agent may not run Microsoft Entra Connect.',
  noModule: 'The PowerShell module of Microsoft Entra Connect cannot be loaded.',
};

function healthProblems(health: AgentHealth | undefined): Text[] {
  if (!health) return [];
  const { directory, connect, eventLog } = health;
  const blind = directory.state === 'reading' && eventLog.state !== 'read';
  return [
    directoryProblem(health),
    blind ? 'It cannot read who reset a password: give it the right to read the security log.' : '',
    connect.finding
      ? `It says of Microsoft Entra Connect: “${said(connect.finding)}”`
      : CONNECT[connect.state],
    directory.unreadUsers ? unreadSentence(directory.unreadUsers) : '',
  ].filter((words) => words !== '');
}

/** On the server of Entra Connect an agent needs no directory. */
function directoryProblem({ directory: { state, finding }, connect }: AgentHealth): string {
  if (state === 'reading' || !finding) return DIRECTORY[state];
  if (state === 'notConfigured')
    return connect.state === 'notInstalled' ? `It reads no directory. It says: “${said(finding)}”` : '';
  return `It says of Active Directory: “${said(finding)}”`;
}

const notReadLines = ({ notRead }: Agent): Text[] =>
  notRead
    ? [
        `Keyturn could not read ${counted(notRead.events, 'event')} and ${counted(notRead.users, 'user')} that it sent. Update the older one of the agent and the bot.`,
      ]
    : [];

const failureLine = (failed: AgentOrder | undefined): Text[] =>
  failed
    ? [
        line`The ${kindOf(failed.verb)?.noun ?? 'order'} of ${dateTime(failed.issuedAt)} ${failed.mayBeDone ? 'may have been done, or not' : 'failed'}. It says: “${said(failed.finding ?? '')}”`,
      ]
    : [];

const TOLERATED_MS = 30_000;

const clockLine = ({ skewMs }: Agent): Text[] =>
  Math.abs(skewMs) > TOLERATED_MS
    ? [`Its clock is ${lasting(Math.abs(skewMs))} ${skewMs > 0 ? 'slow' : 'fast'}: set the server’s time.`]
    : [];
