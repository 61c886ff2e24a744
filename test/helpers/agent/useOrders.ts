import { orderNow } from '../../../domain/agents/orders/orderNow';
import { beatOf, type Instance, tess } from '../bot/servingWorld';
import { useAgent, useServing } from '../bot/useServing';

export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when the bot holds the agent's request open. */
export const held = (bot: Instance) => until(() => bot.deps.bell.anybodyWaits());

/** A bot with one agent that beats, for each test, and the orders for that agent. */
export function useOrders() {
  const world = useServing();
  const agent = useAgent(world);
  beforeEach(() => agent.asks.beat(beatOf()));
  const site = { world, agent };
  return {
    site,
    order: (bot: Instance = site.world.bot, verb: 'deltaSync' | 'inventory' = 'deltaSync') =>
      orderNow(bot.deps, tess, { customerId: 'contoso', verb }),
    asked: async (done: object[] = []) => (await site.agent.asks.commands({ waitMs: 0, done })).body.commands,
    states: async () =>
      (await site.world.stores.agentOrders.list({ limit: 9 })).items.map(({ value }) => value.state),
    polls: (bot: Instance = site.world.bot, signal?: AbortSignal) =>
      site.agent.at(bot).commands({ waitMs: 25_000, done: [] }, { signal }),
  };
}
