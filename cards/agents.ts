import template from './agents.json';
import { headerOf } from './fragments/header';
import { commandButton, moreOf } from './fragments/more';
import { type Page, pagerOf } from './fragments/pager';
import { type Badge, type Card, colourOf, presenter } from './shared/card';
import { line, type Text } from './shared/time';

export interface AgentRow {
  id: string;
  /** The name of the machine. */
  name: string;
  state: Badge;
  /** What it does there, or since when there is no contact; in one line. */
  under: Text;
  /** What is wrong, each with what to do. */
  problems: Text[];
  /** Labels and values that somebody sees who chooses the agent. */
  facts: (readonly [label: string, value: Text])[];
  canRevoke: boolean;
}

export interface AgentsData extends Page {
  customerId: string;
  customer: string;
  rows: readonly AgentRow[];
  /** How all agents are, also those on other pages. */
  count: { offline: number; needAttention: number };
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
  const { customerId, rows, total, orders, canInstall } = data;
  const heading = newsOf(data);
  const none = total === 0;
  const call = (title: string, command: string, style?: 'positive') =>
    commandButton(title, { command, args: { customerId } }, style && { style });
  const order = (each: AgentsData['orders'][number]) => ({
    ...{ title: each.title, verb: 'agent', data: { customerId, do: each.order } },
  });
  return render({
    ...headerOf({ heading, under: none ? NONE : '' }),
    speak: problem || said || `${heading}.`,
    said,
    problem,
    agents: rows.map((agent, index) => rowOf(customerId, agent, index)),
    pages:
      rows.length < total
        ? [pagerOf(data, 'command', (page) => ({ command: 'agents', args: { customerId, page } }))]
        : [],
    buttons: moreOf([
      ...orders.slice(0, 1).map(order),
      ...(canInstall ? [call('Install agent', 'install agent', none ? 'positive' : undefined)] : []),
      call('Open customer', 'customer'),
      ...orders.slice(1).map(order),
    ]),
  });
}

const REVOKES = 'Revoking cuts it off at once. To undo that, install it again.';
const NONE = 'Install one on a domain controller to see password resets.';

function newsOf({ customer, total, count }: AgentsData): string {
  const some = (bad: number, one: string, many: string) =>
    total === 1
      ? `The agent of ${customer} ${one}`
      : `${bad} of ${total} agents of ${customer} ${bad === 1 ? one : many}`;
  if (total === 0) return `${customer} has no agent yet`;
  if (count.offline > 0) return some(count.offline, 'is offline', 'are offline');
  if (count.needAttention > 0) return some(count.needAttention, 'needs attention', 'need attention');
  return total === 1 ? `The agent of ${customer} is online` : `All ${total} agents of ${customer} are online`;
}

function rowOf(customerId: string, agent: AgentRow, index: number) {
  const { id, name, state, under, problems, facts, canRevoke } = agent;
  return {
    ...{ name, under, detail: `agent${index}`, opens: `${name}: show more` },
    ...{ symbol: state.symbol, state: state.text, colour: colourOf(state.tone) },
    problems: problems.map((text) => ({ text })),
    facts: facts.flatMap(([label, value]) => (String(value) ? [{ text: line`${label}: ${value}` }] : [])),
    revoke: canRevoke
      ? [{ title: `Revoke ${name}`, data: { customerId, agentId: id, do: 'revoke' }, says: REVOKES }]
      : [],
  };
}
