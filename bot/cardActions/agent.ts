import { z } from 'zod';
import { listed } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { VERB_NAMES } from '../../domain/agentProtocol/verbs';
import { wishOf } from '../../domain/agents/orders';
import { orderNow } from '../../domain/agents/orders/orderNow';
import { revokeAgent } from '../../domain/agents/revokeAgent';
import { notFound } from '../../domain/errors';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showAgents } from '../views/showAgents';
import { cardAction } from './cardAction';

const id = z.string().max(100);

const schema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('revoke'), customerId: id, agentId: id }),
  z.object({ do: z.enum(VERB_NAMES), customerId: id }),
]);

/** The buttons on the card of a customer's agents. */
export const agent = cardAction({
  verb: 'agent',
  permission: 'agents.manage',
  schema,
  async handle(turn, data, deps) {
    const said = await (data.do === 'revoke' ? revoked(turn, data, deps) : ordered(turn, data, deps));
    turn.replace(await showAgents(deps, turn.actor, data.customerId, { said }));
  },
  refused: {
    code: 'conflict',
    card: ({ actor }, { customerId }, deps, problem) => showAgents(deps, actor, customerId, { problem }),
  },
});

type Data = z.infer<typeof schema>;

async function ordered(
  { actor }: Turn,
  { customerId, do: verb }: Exclude<Data, { do: 'revoke' }>,
  deps: AppDeps,
): Promise<string> {
  const machines = await orderNow(deps, actor, { customerId, verb });
  return wishOf(verb).ordered(listed(machines.map((name) => said(name, 64))));
}

async function revoked(
  { actor, requestId }: Turn,
  { customerId, agentId }: Extract<Data, { do: 'revoke' }>,
  deps: AppDeps,
): Promise<string> {
  const known = await deps.stores.agents.get(agentId);
  if (known?.value.customerId !== customerId) throw notFound('This agent was removed.');
  const { value } = await revokeAgent(deps, actor, { agentId, requestId });
  return `${said(value.machine.name, 64)} is revoked: nothing it sends counts any more. Uninstall it on that machine.`;
}
