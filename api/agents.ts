import type { z } from 'zod';
import { keptUser } from '../domain/accounts/keptUser';
import { takeInventory } from '../domain/accounts/takeInventory';
import {
  beatRequest,
  commandsRequest,
  enrolRequest,
  eventsRequest,
  inventoryRequest,
} from '../domain/agentProtocol/messages';
import { AGENT_PATHS, type AgentPath, LIMITS, PROTOCOL } from '../domain/agentProtocol/protocol';
import { type Admitted, admitAgent } from '../domain/agents/admission/admitAgent';
import { AgentRefusal, tryLaterAgent } from '../domain/agents/admission/agentRefusal';
import { type Cost, spend } from '../domain/agents/admission/spend';
import type { AgentDeps } from '../domain/agents/agentDeps';
import { enrolAgent } from '../domain/agents/enrolment/enrolAgent';
import { nextCommands } from '../domain/agents/orders/nextCommands';
import type { SignedRequest } from '../domain/agents/ports';
import { recordBeat } from '../domain/agents/recordBeat';
import { takeEvents } from '../domain/agents/takeEvents';
import { StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, RawRequest } from '../domain/http';
import { agentAnswer, refusalAnswer } from './agentAnswer';
import { bytesOf, readAgentBody, unsupportedProtocol } from './agentBody';

/** The endpoints for agents. Every answer, refusals included, is JSON and carries the bot's time. */
export const createAgentEndpoints = (deps: AgentDeps): Endpoint[] => [
  endpoint(deps, AGENT_PATHS.enrol, LIMITS.smallBytes, async (request, raw) => {
    const signed = signedBy(AGENT_PATHS.enrol, request, raw);
    const body = await readAgentBody(enrolRequest, signed.body, raw, LIMITS.smallBytes);
    return enrolAgent(deps, signed, body);
  }),
  admitted(deps, { path: AGENT_PATHS.beat, mostBytes: LIMITS.smallBytes }, beatRequest, async (who, body) => {
    const { waiting, health } = body;
    if (waiting && health) await recordBeat(deps, who, { ...body, waiting, health });
    return { customer: who.customer.value.name };
  }),
  admitted(
    deps,
    { path: AGENT_PATHS.events, mostBytes: LIMITS.eventsBytes, cost: eventsCost },
    eventsRequest,
    async (who, body) => ({ acknowledged: await takeEvents(deps, who, body) }),
  ),
  admitted(
    deps,
    { path: AGENT_PATHS.commands, mostBytes: LIMITS.eventsBytes },
    commandsRequest,
    async (who, body, { ended }) => ({ commands: await nextCommands(deps, who, body, ended) }),
  ),
  admitted(
    deps,
    {
      path: AGENT_PATHS.inventory,
      mostBytes: LIMITS.inventoryBytes,
      unpackedBytes: LIMITS.inventoryUnpackedBytes,
      cost: usersCost,
    },
    inventoryRequest,
    async (who, body) => ({ missing: await takeInventory(deps, who, body) }),
  ),
  endpoint(deps, '/agents/*', LIMITS.smallBytes, async () => {
    throw unsupportedProtocol();
  }),
];

const eventsCost = ({ events }: z.output<typeof eventsRequest>, eventBytes: number): Cost => ({
  events: events.length,
  eventsInDay: events.length,
  eventBytes,
});

const usersCost = ({ users }: z.output<typeof inventoryRequest>): Cost => ({
  users: users.read.length + users.notRead,
  userBytes: JSON.stringify(users.read.map(keptUser)).length,
});

interface Route<Body> {
  path: AgentPath;
  mostBytes: number;
  /** Only with gzip: the most bytes that the body may unpack to. */
  unpackedBytes?: number;
  /**
   * Only for large writes: the request waits for its turn before it is unpacked, and counts against
   * the customer's budget.
   */
  cost?: (body: Body, bytes: number) => Cost;
}

/** An endpoint for enrolled agents: it checks the signature before it reads the body. */
const admitted = <S extends z.ZodTypeAny>(
  deps: AgentDeps,
  { path, mostBytes, unpackedBytes, cost }: Route<z.output<S>>,
  schema: S,
  handle: (who: Admitted, body: z.output<S>, raw: RawRequest) => Promise<object>,
): Endpoint =>
  endpoint(deps, path, mostBytes, async (request, raw) => {
    const began = deps.clock.now();
    const signed = signedBy(path, request, raw, unpackedBytes !== undefined);
    const who = await admitAgent(deps, signed);
    const serve = async () => {
      const body = await readAgentBody(schema, signed.body, raw, unpackedBytes ?? mostBytes);
      if (cost) await spend(deps, who, cost(body, signed.body.byteLength));
      return handle(who, body, raw);
    };
    const served = await (cost ? deps.turnstileOf(who.customer.id)(serve, raw.ended) : serve());
    const fields = { requestId: request.requestId, path, agentId: who.agent.id, customerId: who.customer.id };
    deps.log.debug?.({ ...fields, ...countsOf(served), ms: deps.clock.now() - began }, 'agent served');
    return served;
  });

/** Keeps only what holds nobody's words: the log takes this of an answer. */
const countsOf = (answer: object): object =>
  Object.fromEntries(
    Object.entries(answer)
      .map(([name, value]) => [name, Array.isArray(value) ? value.length : value])
      .filter(([, value]) => typeof value === 'number'),
  );

/**
 * Uses the endpoint's own path, so a request that was signed for another path is refused, even if it
 * was routed here.
 */
const signedBy = (
  path: AgentPath,
  { address }: HttpRequest,
  raw: RawRequest,
  takesGzip = false,
): SignedRequest => ({
  authorization: raw.authorization,
  path,
  body: bytesOf(raw, takesGzip),
  ...(address && { address }),
});

function endpoint(
  deps: AgentDeps,
  path: string,
  mostBytes: number,
  handle: (request: HttpRequest, raw: RawRequest) => Promise<object>,
): Endpoint {
  return {
    method: 'POST',
    path,
    auth: 'open',
    raw: { mostBytes },
    async handle(request) {
      try {
        const body = await handle(request, rawOf(request));
        return agentAnswer({ protocol: PROTOCOL, now: deps.clock.now(), ...body });
      } catch (error) {
        return refused(deps, path, request, error);
      }
    },
  };
}

function rawOf({ raw }: HttpRequest): RawRequest {
  if (!raw) throw new TypeError('an agent’s request comes as it was sent');
  return raw;
}

/**
 * The log says which check refused the request, and nothing of its content. After a fault of ours the
 * agent tries again.
 */
function refused(deps: AgentDeps, path: string, { requestId }: HttpRequest, error: unknown) {
  const known = error instanceof AgentRefusal ? error : undefined;
  if (known) deps.log.warn({ requestId, path, refused: known.code, why: known.message }, 'agent refused');
  else if (error instanceof StoreUnavailable)
    deps.log.error({ requestId, path, err: error }, 'the records cannot be reached');
  else deps.log.error({ requestId, path, err: error }, 'serving an agent failed');
  return refusalAnswer(known ?? tryLaterAgent('failed'), deps.clock.now());
}
