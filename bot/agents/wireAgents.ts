import { createAgentEndpoints } from '../../api/agents';
import { MOST_WAITING } from '../../domain/agents/admission/bounds';
import { createRateLimit } from '../../domain/agents/admission/rateLimit';
import { createTurnstiles } from '../../domain/agents/admission/turnstile';
import type { AgentDeps } from '../../domain/agents/agentDeps';
import { ringForOrders } from '../../domain/agents/orders/claimOrders';
import { dropInputs } from '../../domain/agents/orders/dropInputs';
import { createAgentWatch } from '../../domain/agents/watchAgents';
import type { Endpoint } from '../../domain/http';
import type { Chore } from '../background';
import { agentSignatures } from './agentSignatures';

const MINUTE = 60_000;

type Given = Omit<AgentDeps, 'signatures' | 'requestLimit' | 'unknownTokenLimit' | 'turnstileOf'>;

/**
 * The endpoints that agents call. The code that orders something shares `bell`, so that a waiting agent gets
 * the order at once.
 */
export function wireAgents(given: Given): { endpoints: Endpoint[]; chores: Chore[] } {
  const { clock } = given;
  const deps: AgentDeps = {
    ...given,
    signatures: agentSignatures,
    requestLimit: createRateLimit(clock, 600, MINUTE),
    unknownTokenLimit: createRateLimit(clock, 30, MINUTE),
    turnstileOf: createTurnstiles({
      inside: 2,
      waiting: MOST_WAITING.ofAll,
      waitingOfOne: MOST_WAITING.ofOne,
    }),
  };
  return {
    endpoints: createAgentEndpoints(deps),
    chores: [
      { name: 'waiting orders', everyMs: 1_000, run: () => ringForOrders(deps) },
      { name: 'inputs of expired orders', everyMs: 10_000, run: () => dropInputs(deps) },
      { name: 'silent agents', everyMs: 10_000, run: createAgentWatch(deps) },
    ],
  };
}
