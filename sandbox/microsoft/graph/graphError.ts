import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../domain/ports';
import { json, type SandboxRequest, type SandboxResponse } from '../http';

/** Thrown inside the Graph stand-in, which turns it into Graph's error body. */
export class GraphRefused extends Error {
  override readonly name = 'GraphRefused';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (id: string) =>
  new GraphRefused(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** Graph's error body, field for field. */
export function graphError(
  refused: { status: number; code: string; message: string },
  context: { request: SandboxRequest; clock: Clock; headers?: Record<string, string> },
): SandboxResponse {
  const sent = context.request.headers['client-request-id'];
  const requestId = randomUUID();
  const innerError = {
    date: new Date(context.clock.now()).toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': typeof sent === 'string' ? sent : requestId,
  };
  const headers = { 'request-id': requestId, ...context.headers };
  return json(
    refused.status,
    { error: { code: refused.code, message: refused.message, innerError } },
    headers,
  );
}
