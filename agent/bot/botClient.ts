import type { z } from 'zod';
import type { AgentEvent } from '../../domain/agentProtocol/agentEvent';
import {
  agentCommand,
  beatAnswer,
  type beatRequest,
  type commandReport,
  commandsAnswer,
  type commandsRequest,
  enrolAnswer,
  eventsAnswer,
  inventoryAnswer,
  type Machine,
} from '../../domain/agentProtocol/messages';
import { AGENT_PATHS, type AgentPath, PROTOCOL } from '../../domain/agentProtocol/protocol';
import { ENROL_KID, SCHEME } from '../../domain/agentProtocol/signature';
import { type Identity, signRequest } from '../identity';
import { VERSION } from '../version';
import type { BotClock } from './botClock';
import { BotRefused } from './botFault';
import type { Answered, Exchange } from './exchange';
import { readAnswer } from './readAnswer';

/**
 * A newer bot may ask for something this version does not know. The agent answers that it does not know it.
 */
const receivedOrder = agentCommand.extend({ verb: agentCommand.shape.id });
const receivedOrders = commandsAnswer.extend({ commands: receivedOrder.array().max(50) });
/** An order as the bot sent it; this version may not know its verb. */
export type ReceivedOrder = z.output<typeof receivedOrder>;
type Body<Schema extends z.ZodTypeAny> = Omit<z.input<Schema>, 'protocol'>;
export type BeatBody = Body<typeof beatRequest>;
export type OrdersBody = Body<typeof commandsRequest>;
export type OrderReport = z.output<typeof commandReport>;

/**
 * Asks the bot with signed requests, one try each. Throws BotUnreachable, BotRefused, or the reason of an
 * aborted signal.
 */
export interface BotClient {
  enrol(token: string, machine: Machine): Promise<z.output<typeof enrolAnswer>>;
  beat(body: BeatBody, signal?: AbortSignal): Promise<z.output<typeof beatAnswer>>;
  sendEvents(
    stream: string,
    events: AgentEvent[],
    signal?: AbortSignal,
  ): Promise<z.output<typeof eventsAnswer>>;
  commands(body: OrdersBody, signal?: AbortSignal): Promise<z.output<typeof receivedOrders>>;
  /** `page`: an inventoryRequest as gzip'd JSON. */
  sendInventoryPage(page: Uint8Array, signal?: AbortSignal): Promise<z.output<typeof inventoryAnswer>>;
}

export interface BotClientDeps {
  /** The bot's origin, as the bot itself knows it. */
  server: string;
  exchange: Exchange;
  identity: Identity;
  /** Absent before enrolment. */
  agentId?: string;
  clock: BotClock;
}

interface Request<Schema> {
  path: AgentPath;
  body: Uint8Array;
  answer: Schema;
  kid?: string;
  encoding?: 'gzip';
  heldMs?: number;
  signal?: AbortSignal;
}

export function createBotClient(deps: BotClientDeps): BotClient {
  const ask = <Schema extends z.ZodTypeAny>(request: Request<Schema>) => asked(deps, request);
  return {
    enrol: (token, machine) => {
      const body = jsonOf({ token, machine, version: VERSION, publicKey: deps.identity.publicKey });
      return ask({ path: AGENT_PATHS.enrol, body, answer: enrolAnswer, kid: ENROL_KID });
    },
    beat: (body, signal) => ask({ path: AGENT_PATHS.beat, body: jsonOf(body), answer: beatAnswer, signal }),
    sendEvents: (stream, events, signal) =>
      ask({ path: AGENT_PATHS.events, body: jsonOf({ stream, events }), answer: eventsAnswer, signal }),
    commands: (body, signal) => {
      const held = { heldMs: body.waitMs, signal };
      return ask({ path: AGENT_PATHS.commands, body: jsonOf(body), answer: receivedOrders, ...held });
    },
    sendInventoryPage: (body, signal) =>
      ask({ path: AGENT_PATHS.inventory, body, answer: inventoryAnswer, encoding: 'gzip', signal }),
  };
}

const jsonOf = (body: object) => Buffer.from(JSON.stringify({ protocol: PROTOCOL, ...body }));

/**
 * When the bot refuses a request only because of its time, the client signs it once more by the bot's time.
 */
async function asked<Schema extends z.ZodTypeAny>(
  deps: BotClientDeps,
  request: Request<Schema>,
): Promise<z.output<Schema>> {
  try {
    return readAnswer(await once(deps, request), request.answer, deps.clock);
  } catch (error) {
    if (!(error instanceof BotRefused && error.code === 'clock')) throw error;
    return readAnswer(await once(deps, request), request.answer, deps.clock);
  }
}

async function once(deps: BotClientDeps, request: Request<unknown>): Promise<Answered> {
  const { path, body, encoding, heldMs = 0, signal } = request;
  // The bot knows no agent that never enrolled, so any name will do.
  const kid = request.kid ?? deps.agentId ?? 'none';
  const jws = await signRequest(deps.identity, { kid, aud: deps.server, path, body, now: deps.clock.now() });
  const headers = {
    authorization: `${SCHEME} ${jws}`,
    'content-type': 'application/json',
    'user-agent': `keyturn-agent/${VERSION}`,
    ...(encoding && { 'content-encoding': encoding }),
  };
  return deps.exchange.post({ path, headers, body, heldMs, signal });
}
