import { put } from '../../stores/change';
import type { Needs } from '../../stores/core';
import type { Admitted } from './admitAgent';
import { AgentRefusal, tryLaterAgent } from './agentRefusal';
import { AGENTS_COUNTED, type BoundName, CUSTOMER_BOUNDS, type CustomerBudget, type FreeAt } from './bounds';
import { tellTooMuch } from './tellTooMuch';

export type Cost = Partial<Record<BoundName, number>>;

type Deps = Needs<'agents' | 'customerBudgets' | 'events', 'clock'>;

/** The longest an agent waits before it tries again, because the bound may be free earlier than it seems. */
const LONGEST_WAIT_S = 300;

/**
 * Counts what an agent is about to tell against the bounds of its customer and of itself: one agent alone
 * never uses up what its customer's other agents may tell. Throws AgentRefusal 'tooMany' when that is too
 * much: then nothing is written, the agent keeps its data and comes back, and people are told once a day.
 */
export async function spend(deps: Deps, who: Admitted, cost: Cost): Promise<void> {
  const agents = await agentsOf(deps, who.customer.id);
  const counted = async (known: CustomerBudget | undefined): Promise<CustomerBudget> => {
    const now = deps.clock.now();
    const others = stillUsed(known?.ofAgents ?? {}, now);
    const all = spent(known?.freeAt ?? {}, cost, { now, agents });
    const own = spent(others[who.agent.id] ?? {}, cost, { now, agents: 1 });
    if (all.over) throw await refused(deps, who, { ...all.over, agents, whose: 'customer' });
    if (own.over) throw await refused(deps, who, { ...own.over, agents: 1, whose: 'agent' });
    const ofAgents = { ...others, [who.agent.id]: own.freeAt };
    return { freeAt: all.freeAt, ofAgents, expiresAt: lastOf([all.freeAt, ...Object.values(ofAgents)], now) };
  };
  await put(deps.stores.customerBudgets, who.customer.id, counted, {
    busy: (cause) => tryLaterAgent('the budget of the customer is changed too often', cause),
  });
}

const lastOf = (budgets: FreeAt[], now: number): number =>
  Math.ceil(Math.max(now, ...budgets.flatMap((freeAt) => Object.values(freeAt))));

const stillUsed = (ofAgents: Record<string, FreeAt>, now: number): Record<string, FreeAt> =>
  Object.fromEntries(Object.entries(ofAgents).filter(([, freeAt]) => lastOf([freeAt], now) > now));

interface Over {
  bound: BoundName;
  waitMs: number;
  /** How many agents share the bound. */
  agents: number;
  whose: 'customer' | 'agent';
}

async function refused(deps: Deps, { agent }: Admitted, { bound, waitMs, agents, whose }: Over) {
  const most = `${wordsOf(bound, agents)} of one ${whose}`;
  await tellTooMuch(deps, agent, { bound, finding: findingOf(most, agent.value.waiting.events) });
  const retryAfterSeconds = Math.min(LONGEST_WAIT_S, Math.ceil(waitMs / 1000));
  const sentence = `The bot takes ${most}. The agent keeps the rest and comes back by itself.`;
  return new AgentRefusal('tooMany', sentence, { why: `more than ${bound}`, retryAfterSeconds });
}

/**
 * By the generic cell rate algorithm, one moment holds the whole state of a bound. A single request never
 * exceeds a bound.
 */
function spent(before: FreeAt, cost: Cost, { now, agents }: { now: number; agents: number }) {
  const freeAt = { ...before };
  for (const [bound, amount] of Object.entries(cost) as [BoundName, number][]) {
    const { most, everyMs } = CUSTOMER_BOUNDS[bound];
    // A moment that is further away comes from a wrong clock.
    const free = Math.min(before[bound] ?? 0, now + everyMs);
    const next = Math.max(now, free) + (amount * everyMs) / (most * agents);
    const waitMs = next - now - everyMs;
    if (waitMs > 0) return { freeAt: before, over: { bound, waitMs } };
    freeAt[bound] = next;
  }
  return { freeAt };
}

/** Each domain controller's agent sees every reset and all users, so each agent may tell the same amount. */
async function agentsOf({ stores: { agents } }: Deps, customerId: string): Promise<number> {
  const online = await agents.count({ where: { customerId, state: 'online' } });
  return Math.max(1, Math.min(AGENTS_COUNTED, online));
}

const wordsOf = (bound: BoundName, agents: number): string => {
  const { most, words } = CUSTOMER_BOUNDS[bound];
  return `${(most * agents).toLocaleString('en')} ${words}`;
};

const findingOf = (most: string, waiting: number): string => {
  const kept = waiting > 0 ? ` At its last contact ${waiting.toLocaleString('en')} events waited there.` : '';
  return `this agent tells too much, more than ${most}, which is what Keyturn takes. It keeps the rest, which follows slowly; nothing is lost.${kept} If nobody resets passwords in bulk there, look into that server, and revoke the agent.`;
};
