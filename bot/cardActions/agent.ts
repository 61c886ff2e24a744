import { z } from 'zod';
import { listed } from '../../cards/format';
import { said } from '../../cards/said';
import { VERB_NAMES } from '../../domain/agentProtocol/verbs';
import { wishOf } from '../../domain/agents/orders';
import { orderNow } from '../../domain/agents/orders/orderNow';
import { revokeAgent } from '../../domain/agents/revokeAgent';
import { KeyturnError, notFound } from '../../domain/errors';
import { showAgents } from '../views/showAgents';
import { cardAction } from './cardAction';

const id = z.string().max(100);

/** The buttons of a customer's agents. */
export const agent = cardAction({
  verb: 'agent',
  permission: 'agents.manage',
  schema: z.discriminatedUnion('do', [
    z.object({ do: z.literal('revoke'), customerId: id, agentId: id }),
    z.object({ do: z.enum(VERB_NAMES), customerId: id }),
  ]),
  async handle(turn, data, deps) {
    const { customerId } = data;
    try {
      const said = await done(data);
      turn.replace(await showAgents(deps, turn.actor, customerId, { said }));
    } catch (error) {
      if (!(error instanceof KeyturnError) || error.code !== 'conflict') throw error;
      turn.replace(await showAgents(deps, turn.actor, customerId, { problem: error.sentence }));
    }

    async function done(asked: typeof data): Promise<string> {
      if (asked.do !== 'revoke') {
        const machines = await orderNow(deps, turn.actor, { customerId, verb: asked.do });
        return wishOf(asked.do).ordered(listed(machines.map((name) => said(name, 64))));
      }
      const known = await deps.stores.agents.get(asked.agentId);
      if (known?.value.customerId !== customerId) throw notFound('That agent is not here any more.');
      const { value } = await revokeAgent(deps, turn.actor, {
        agentId: asked.agentId,
        requestId: turn.requestId,
      });
      return `${said(value.machine.name, 64)} is revoked: nothing it sends counts any more. Uninstall it on that machine.`;
    }
  },
});
