import template from './agents.json';
import type { Badge, Card } from './card';
import { colourOf, plain, presenter } from './card';

export interface AgentsData {
  customerId: string;
  customer: string;
  agents: {
    id: string;
    /** The machine's name, with its version. */
    name: string;
    state: Badge;
    /** What it does there and how that goes, a line each. */
    lines: string[];
    canRevoke: boolean;
  }[];
  /** What can be asked of them; empty for somebody who may not. */
  orders: { title: string; order: string }[];
  canInstall: boolean;
  /** What was done just now. */
  said?: string;
  problem?: string;
}

const render = presenter(template);

/** The agents of a customer (verb `agent`), and a button for one more. */
export const agentsCard = ({
  customer,
  customerId,
  agents,
  orders,
  canInstall,
  said = '',
  problem = '',
}: AgentsData): Card =>
  render({
    heading: `Agents of ${plain(customer)}`,
    said,
    problem,
    agents: agents.map(({ id, name, state, lines, canRevoke }) => ({
      name,
      state: `${state.symbol} ${state.text}`,
      colour: colourOf(state.tone),
      lines: lines.map((line) => ({ line })),
      revoke: canRevoke
        ? [{ tooltip: `Revoke ${name}`, data: { customerId, agentId: id, do: 'revoke' } }]
        : [],
    })),
    buttons: [
      ...orders.map(({ title, order }) => ({ title, verb: 'agent', data: { customerId, do: order } })),
      ...(canInstall
        ? [
            {
              title: 'Install agent',
              verb: 'command',
              data: { command: 'install agent', args: { customerId } },
            },
          ]
        : []),
      { title: 'Open customer', verb: 'command', data: { command: 'customer', args: { customerId } } },
    ],
  });
