import type { AgentHealth, ConnectHealth } from '../agentProtocol/health';
import type { Agent } from './agent';

type DirectoryState = AgentHealth['directory']['state'];
type Health = 'well' | 'ill' | 'notKnown';

const DIRECTORY: Record<Exclude<DirectoryState, 'notConfigured'>, Health> = {
  reading: 'well',
  starting: 'notKnown',
  unreachable: 'ill',
  refused: 'ill',
  certificate: 'ill',
};
const CONNECT: Record<Exclude<ConnectHealth['state'], 'unknown'>, Health> = {
  ready: 'well',
  notInstalled: 'well',
  cloudSync: 'well',
  staging: 'ill',
  suspended: 'ill',
  disabled: 'ill',
  noRights: 'ill',
  noModule: 'ill',
};

/**
 * With a finding, the agent looked and Microsoft Entra Connect did not answer: its service may hang or be
 * stopped.
 */
const connectIs = ({ state, finding }: ConnectHealth): Health =>
  state === 'unknown' ? (finding ? 'ill' : 'notKnown') : CONNECT[state];

/** On the server of Microsoft Entra Connect, the agent may be installed for that alone. */
function directoryIs(state: DirectoryState, connect: ConnectHealth): Health {
  if (state !== 'notConfigured') return DIRECTORY[state];
  if (connect.state === 'unknown' && !connect.finding) return 'notKnown';
  return connect.state === 'notInstalled' ? 'ill' : 'well';
}

/**
 * What became worse since it was last told, in words, and what counts as told from now on. An unknown state
 * changes nothing.
 */
export function worsened(
  before: Agent['degraded'],
  { directory, connect }: AgentHealth,
): { said?: Agent['degraded']; findings: { part: string; state: string; finding: string }[] } {
  const parts = [
    { part: 'directory', ...directory, health: directoryIs(directory.state, connect) },
    { part: 'connect', ...connect, health: connectIs(connect) },
  ] as const;
  const said: NonNullable<Agent['degraded']> = { ...before };
  const findings = [];
  const unread = unreadUsers(before?.users, directory);
  if (unread) said.users = unread.said;
  else delete said.users;
  if (unread?.finding) findings.push({ part: 'users', state: unread.said, finding: unread.finding });
  for (const { part, state, health, finding } of parts) {
    if (health === 'well') delete said[part];
    if (health !== 'ill' || said[part] === state) continue;
    said[part] = state;
    findings.push({ part, state, finding: finding ?? WORDS[part] });
  }
  return { ...(Object.keys(said).length > 0 && { said }), findings };
}

/**
 * Told again when there are ten times as many unreadable users. It is over when the directory is read and
 * none is left.
 */
function unreadUsers(
  before: string | undefined,
  { state, unreadUsers: count = 0 }: AgentHealth['directory'],
): { said: string; finding?: string } | undefined {
  if (count === 0) return before !== undefined && state !== 'reading' ? { said: before } : undefined;
  if (before !== undefined && count < 10 * Number(before)) return { said: before };
  return { said: String(count), finding: unreadSentence(count) };
}

/** How many users are unreadable, and what to do. */
export function unreadSentence(count: number): string {
  const [who, whose, them] = count === 1 ? ['1 user', 'its', 'it'] : [`${count} users`, 'their', 'them'];
  return `${who} in Active Directory cannot be read, so a reset of ${whose} password is not seen. The agent’s log names ${them}. Give the agent’s account the right to read objectGUID and pwdLastSet there, and find out who removed it.`;
}

const WORDS = {
  directory: 'Active Directory cannot be read.',
  connect: 'Microsoft Entra Connect cannot be asked for a delta sync.',
};
