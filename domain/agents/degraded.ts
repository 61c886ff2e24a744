import type { AgentHealth } from '../agentProtocol/health';
import type { Agent } from './agent';

type Health = 'well' | 'ill' | 'notKnown';

const DIRECTORY: Record<AgentHealth['directory']['state'], Health> = {
  reading: 'well',
  starting: 'notKnown',
  notConfigured: 'ill',
  unreachable: 'ill',
  refused: 'ill',
  certificate: 'ill',
};
const CONNECT: Record<AgentHealth['connect']['state'], Health> = {
  ready: 'well',
  notInstalled: 'well',
  cloudSync: 'well',
  unknown: 'notKnown',
  staging: 'ill',
  suspended: 'ill',
  disabled: 'ill',
  noRights: 'ill',
  noModule: 'ill',
};

/** What became worse since it was last said, in words, and what counts as said from now on. A state that is not known yet changes nothing. */
export function worsened(
  before: Agent['degraded'],
  { directory, connect }: AgentHealth,
): { said?: Agent['degraded']; findings: { part: string; state: string; finding: string }[] } {
  const parts = [
    { part: 'directory', ...directory, health: DIRECTORY[directory.state] },
    { part: 'connect', ...connect, health: CONNECT[connect.state] },
  ] as const;
  const said: NonNullable<Agent['degraded']> = { ...before };
  const findings = [];
  for (const { part, state, health, finding } of parts) {
    if (health === 'well') delete said[part];
    if (health !== 'ill' || said[part] === state) continue;
    said[part] = state;
    findings.push({ part, state, finding: finding ?? WORDS[part] });
  }
  return { ...(Object.keys(said).length > 0 && { said }), findings };
}

const WORDS = {
  directory: 'The Active Directory cannot be read.',
  connect: 'Azure AD Connect cannot be asked for a delta sync.',
};
