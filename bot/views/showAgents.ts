import { type AgentRow, agentsCard } from '../../cards/agents';
import type { Badge, Card } from '../../cards/shared/card';
import type { Agent } from '../../domain/agents/agent';
import { openQuestions } from '../../domain/agents/enrolment/openQuestions';
import { listAgents } from '../../domain/agents/listAgents';
import { WISHES } from '../../domain/agents/orders';
import { lastFailure } from '../../domain/agents/orders/lastFailure';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Actor } from '../../domain/people/person';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { agentRow } from './agentRow';

const PER_PAGE = 4;
const BAD_FIRST: readonly Badge['tone'][] = ['attention', 'warning'];

/** A customer's agents, those with a problem first, with what this person may do with them. */
export async function showAgents(
  deps: AppDeps,
  actor: Actor,
  customerId: string,
  { page = 0, ...more }: { page?: number; said?: string; problem?: string } = {},
): Promise<Card> {
  const agents = await listAgents(deps, actor, customerId);
  const { value } = await activeCustomer(deps.stores.customers, customerId);
  const manages = actor.permissions.has('agents.manage');
  const all = (await rowsOf(deps, customerId, agents, manages)).toSorted((a, b) => rank(a) - rank(b));
  const shown = Math.min(page, Math.max(0, Math.ceil(all.length / PER_PAGE) - 1));
  const countOf = (tone: Badge['tone']) => all.filter(({ state }) => state.tone === tone).length;
  return agentsCard({
    customerId,
    customer: value.name,
    rows: all.slice(shown * PER_PAGE, (shown + 1) * PER_PAGE),
    ...{ total: all.length, page: shown, perPage: PER_PAGE },
    count: { offline: countOf('attention'), needAttention: countOf('warning') },
    orders: manages ? ordersFor(agents) : [],
    canInstall: manages,
    ...more,
  });
}

async function rowsOf(
  deps: AppDeps,
  customerId: string,
  agents: readonly Stored<Agent>[],
  manages: boolean,
): Promise<AgentRow[]> {
  const questions = await openQuestions(deps, customerId);
  return Promise.all(
    agents.map(async (agent) => {
      const failed = await lastFailure(deps, agent.id);
      const asked = questions.find(({ value: { replacement } }) => replacement?.agentId === agent.id);
      return agentRow(agent, { failed, asked: asked?.value }, manages);
    }),
  );
}

const rank = ({ state }: AgentRow): number => {
  const found = BAD_FIRST.indexOf(state.tone);
  return found < 0 ? BAD_FIRST.length : found;
};

const ordersFor = (agents: readonly Stored<Agent>[]) =>
  [...WISHES].flatMap(([order, { title, offered }]) => (offered(agents) ? [{ title, order }] : []));
