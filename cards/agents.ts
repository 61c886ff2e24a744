import template from './agents.json';
import { type Badge, type Card, presenter, shownState } from './shared/card';
import { listed } from './shared/format';

export interface AgentsData {
  customerId: string;
  customer: string;
  agents: {
    id: string;
    /** The name of the machine, and the agent's version. */
    name: string;
    state: Badge;
    /** What the agent does there, and its state; one line each. */
    lines: string[];
    canRevoke: boolean;
  }[];
  /** What this person can order; empty for a person who may order nothing. */
  orders: { title: string; order: string }[];
  canInstall: boolean;
  /** What was done just now. */
  said?: string;
  problem?: string;
}

const render = presenter(template);

/** The agents of a customer (verb `agent`), and a button to add one. */
export function agentsCard({ said = '', problem = '', ...data }: AgentsData): Card {
  const { customer, customerId, agents, orders, canInstall } = data;
  const call = (command: string) => ({ verb: 'command', data: { command, args: { customerId } } });
  return render({
    heading: `Agents of ${customer}`,
    speak: `Agents of ${customer}: ${
      listed(
        agents.map(({ name, state }) => `${name} ${state.text}`),
        3,
      ) || 'none yet'
    }`,
    said,
    problem,
    agents: agents.map(({ id, name, state, lines, canRevoke }) => ({
      name,
      ...shownState(state),
      lines: lines.map((line) => ({ line })),
      revoke: canRevoke
        ? [{ tooltip: `Revoke ${name}`, data: { customerId, agentId: id, do: 'revoke' } }]
        : [],
    })),
    buttons: [
      ...orders.map(({ title, order }) => ({ title, verb: 'agent', data: { customerId, do: order } })),
      ...(canInstall ? [{ title: 'Install agent', ...call('install agent') }] : []),
      { title: 'Open customer', ...call('customer') },
    ],
  });
}
