import { said } from '../../../cards/shared/said';

/** Words of the agent, marked as a quotation. */
export const quoted = (agentName: string, finding: string): string =>
  `${said(agentName, 64)} says: “${said(finding)}”`;
