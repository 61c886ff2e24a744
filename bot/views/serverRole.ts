import { counted, timeOfDay } from '../../cards/shared/format';
import type { Agent, InstallToken } from '../../domain/agents/agent';

/** Says that another key waits to replace this agent: the answer is given where the command was asked for. */
export const questionLines = (asked: InstallToken | undefined): string[] =>
  asked?.replacement
    ? [
        `⚠ Another key wants to replace it. Answer by ${timeOfDay(asked.replacement.expiresAt)} in the chat in which ${asked.issuedBy.name} made the install command.`,
      ]
    : [];

/** The server role of its install command, and what it reported without a right to. */
export const serverRoleLines = ({ place, ignored }: Pick<Agent, 'place' | 'ignored'>): string[] => [
  place ? SERVER_ROLE_WORDS[place] : 'Installed before commands were made for a kind of server',
  ...(ignored
    ? [
        `⚠ Not counted of what it told: ${counted(ignored.resets, 'reset')}, ${counted(ignored.users, 'user')}. Install it with the command for a domain controller if it is on one.`,
      ]
    : []),
];

const SERVER_ROLE_WORDS = {
  domainController: 'Installed for a domain controller',
  otherServer: 'Installed for another server: its resets and users do not count',
};
