import { put } from '../stores/change';
import type { Admitted } from './admitAgent';
import type { AgentDeps } from './agentDeps';
import { AgentRefusal, tryLaterAgent } from './agentRefusal';
import { type BoundName, CUSTOMER_BOUNDS, type CustomerBudget } from './bounds';
import { tellTooMuch } from './tellTooMuch';

export type Cost = Partial<Record<BoundName, number>>;

type Deps = Pick<AgentDeps, 'customerBudgets' | 'events' | 'clock'>;

/** So soon an agent looks again: the bound may be free earlier than it seems. */
const LONGEST_WAIT_S = 300;

/**
 * Counts what an agent is about to tell against what its customer may. Throws AgentRefusal 'tooMany' when
 * that is too much: nothing is written then, the agent keeps it and comes back, and people are told once a
 * day.
 */
export async function spend(deps: Deps, who: Admitted, cost: Cost): Promise<void> {
  const counted = async (known: CustomerBudget | undefined): Promise<CustomerBudget> => {
    const now = deps.clock.now();
    const { freeAt, over } = spent(known?.freeAt ?? {}, cost, now);
    if (over) throw await refused(deps, who, over);
    return { freeAt, expiresAt: Math.ceil(Math.max(now, ...Object.values(freeAt))) };
  };
  await put(deps.customerBudgets, who.customer.id, counted, {
    busy: (cause) => tryLaterAgent('the budget of the customer is changed too often', cause),
  });
}

async function refused(deps: Deps, { agent }: Admitted, over: { bound: BoundName; waitMs: number }) {
  const { bound, waitMs } = over;
  await tellTooMuch(deps, agent, { bound, finding: findingOf(bound, agent.value.waiting.events) });
  const retryAfterSeconds = Math.min(LONGEST_WAIT_S, Math.ceil(waitMs / 1000));
  const sentence = `The bot takes ${wordsOf(bound)} of one customer. The agent keeps the rest and comes back by itself.`;
  return new AgentRefusal('tooMany', sentence, { why: `more than ${bound}`, retryAfterSeconds });
}

/**
 * The generic cell rate algorithm: one moment for each bound says all. One request alone is never more than a
 * bound.
 */
function spent(before: CustomerBudget['freeAt'], cost: Cost, now: number) {
  const freeAt = { ...before };
  for (const [bound, amount] of Object.entries(cost) as [BoundName, number][]) {
    const { most, everyMs } = CUSTOMER_BOUNDS[bound];
    // One that is farther away is of a clock that was wrong.
    const free = Math.min(before[bound] ?? 0, now + everyMs);
    const next = Math.max(now, free) + (amount * everyMs) / most;
    const waitMs = next - now - everyMs;
    if (waitMs > 0) return { freeAt: before, over: { bound, waitMs } };
    freeAt[bound] = next;
  }
  return { freeAt };
}

const wordsOf = (bound: BoundName): string => {
  const { most, words } = CUSTOMER_BOUNDS[bound];
  return `${most.toLocaleString('en')} ${words}`;
};

const findingOf = (bound: BoundName, waiting: number): string => {
  const kept = waiting > 0 ? ` At its last word ${waiting.toLocaleString('en')} events waited there.` : '';
  return `this agent tells too much, more than ${wordsOf(bound)}, which is what Keyturn takes of one customer. It keeps the rest, which follows slowly; nothing is lost.${kept} If nobody resets passwords in bulk there, look into that server, and revoke the agent.`;
};
