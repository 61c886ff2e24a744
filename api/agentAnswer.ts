import type { Refusal } from '../domain/agentProtocol/messages';
import type { RefusalCode } from '../domain/agentProtocol/protocol';
import type { AgentRefusal } from '../domain/agents/admission/agentRefusal';
import type { HttpResponse } from '../domain/http';

const STATUS: Record<RefusalCode, number> = {
  invalid: 400,
  unsupportedProtocol: 400,
  unauthorized: 401,
  clock: 401,
  replayed: 401,
  revoked: 403,
  token: 403,
  order: 409,
  tooLarge: 413,
  tooMany: 429,
  tryLater: 503,
};

export const agentAnswer = (body: object): HttpResponse => json(200, body);

/**
 * The body is a `Refusal`: a code, what to do, and the bot's time, by which an agent can set its own clock.
 */
export function refusalAnswer(refused: AgentRefusal, now: number): HttpResponse {
  const { code, sentence, detail } = refused;
  const { expected, retryAfterSeconds, wrongType, waitsFor } = detail;
  const body: Refusal = {
    error: code,
    sentence,
    now,
    ...(expected && { expected }),
    ...(waitsFor && { waitsFor }),
  };
  return json(wrongType ? 415 : STATUS[code], body, {
    ...(retryAfterSeconds && { 'Retry-After': String(retryAfterSeconds) }),
  });
}

const json = (status: number, body: object, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});
