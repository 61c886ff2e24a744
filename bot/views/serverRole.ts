import { counted } from '../../cards/shared/format';
import { line, type Text, time } from '../../cards/shared/time';
import type { Agent, InstallToken } from '../../domain/agents/agent';

/** Says that another key waits to replace this agent: the answer is given where the command was made. */
export const questionLines = (asked: InstallToken | undefined): Text[] =>
  asked?.replacement
    ? [
        line`Another key wants to replace this agent. Answer by ${time(asked.replacement.expiresAt)} in the chat where ${asked.issuedBy.name} made the install command.`,
      ]
    : [];

/** What it reported without a right to. */
export const ignoredLines = ({ ignored }: Pick<Agent, 'ignored'>): Text[] =>
  ignored
    ? [
        `Not counted: ${counted(ignored.resets, 'reset')} and ${counted(ignored.users, 'user')}, because another server may not report them. If it is a domain controller, install it again with the command for one.`,
      ]
    : [];

/** The server role of its install command; empty on agents of earlier versions. */
export const serverRoleOf = ({ place }: Pick<Agent, 'place'>): string =>
  place ? SERVER_ROLE_WORDS[place] : '';

const SERVER_ROLE_WORDS = {
  domainController: 'a domain controller',
  otherServer: 'another server: its resets and users do not count',
};
