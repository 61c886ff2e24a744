import type { Client, Context, Middleware } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { answerOf, type MicrosoftAnswer, mayPass, waitOf } from './microsoftAnswer';
import type { GraphSettings } from './settings';

/** The most time for one try, and the longest wait, in seconds, that Microsoft can ask for. */
const TRY_MS = 15_000;
const LONGEST_WAIT_S = 10;
const TRIES_AGAIN = 3;

/** Access to Graph with one token. */
export interface Graph {
  client: Client;
  /** Graph's address, without a slash at the end. The client follows no link that leads elsewhere. */
  url: string;
  /** Counts a question before it is asked. May throw to prevent it. */
  count?(): void;
}

/** A Graph client that uses this token at `graphUrl` alone. The library is loaded on first use. */
export async function graphClient(
  settings: Pick<GraphSettings, 'graphUrl'>,
  accessToken: string,
  count?: () => void,
): Promise<Graph> {
  const graph = await import('@microsoft/microsoft-graph-client');
  const waits = (
    _delay: number,
    _attempt: number,
    _request: unknown,
    _options: unknown,
    response: Response,
  ) => Number(response.headers.get('Retry-After') ?? 0) <= LONGEST_WAIT_S;
  const client = graph.Client.initWithMiddleware({
    baseUrl: `${settings.graphUrl}/`,
    customHosts: new Set([new URL(settings.graphUrl).hostname]),
    middleware: [
      new graph.AuthenticationHandler({ getAccessToken: async () => accessToken }),
      new graph.RetryHandler(new graph.RetryHandlerOptions(1, TRIES_AGAIN, waits)),
      new TryLimit(),
      new graph.HTTPMessageHandler(),
    ],
  });
  return { client, url: settings.graphUrl, ...(count && { count }) };
}

/**
 * Limits the time of every single try, follows no redirects, and writes `Retry-After` in the one form that
 * the library reads correctly.
 */
class TryLimit implements Middleware {
  private next?: Middleware;
  async execute(context: Context): Promise<void> {
    context.options = { ...context.options, signal: AbortSignal.timeout(TRY_MS), redirect: 'error' };
    await this.next?.execute(context);
    if (context.response?.headers.has('Retry-After')) context.response = withPlainWait(context.response);
  }
  setNext(next: Middleware): void {
    this.next = next;
  }
}

function withPlainWait(response: Response): Response {
  const { status, statusText, body } = response;
  const headers = new Headers(response.headers);
  const waitMs = waitOf(response);
  if (waitMs === undefined) headers.delete('Retry-After');
  else headers.set('Retry-After', String(Math.ceil(waitMs / 1000)));
  return new Response(body, { status, statusText, headers });
}

/** Reads one resource. Throws MicrosoftRefused, also when the answer does not fit the schema. */
export async function read<S extends z.ZodType>(
  graph: Graph,
  path: string,
  schema: S,
  headers: Record<string, string> = {},
): Promise<z.output<S>> {
  const { json, text } = await asked(graph, path, headers);
  const result = schema.safeParse(json ?? text);
  if (!result.success) throw new MicrosoftRefused('other', {}, { cause: result.error });
  return result.data;
}

async function asked(
  { client, count }: Graph,
  path: string,
  headers: Record<string, string>,
): Promise<MicrosoftAnswer> {
  count?.();
  const { ResponseType } = await import('@microsoft/microsoft-graph-client');
  try {
    const response = await client.api(path).headers(headers).responseType(ResponseType.RAW).get();
    const answer = await answerOf(response);
    if (answer.status < 200 || answer.status > 299) throw refusedByGraph(answer);
    if (answer.json === undefined && /^\s*[[{]/.test(answer.text)) throw new MicrosoftRefused('unavailable');
    return answer;
  } catch (error) {
    // Any other error here comes from the network.
    throw error instanceof MicrosoftRefused
      ? error
      : new MicrosoftRefused('unavailable', {}, { cause: error });
  }
}

const errorSchema = z.object({
  error: z.object({
    code: z.string().catch(''),
    innerError: z.object({ 'request-id': z.string().uuid() }).optional().catch(undefined),
  }),
});

function refusedByGraph(answer: MicrosoftAnswer): MicrosoftRefused {
  const { code = '', innerError } = errorSchema.safeParse(answer.json).data?.error ?? {};
  const correlationId = innerError?.['request-id'];
  return new MicrosoftRefused(refusalOfStatus(answer.status, code), {
    ...(correlationId && { correlationId }),
    waitMs: waitOf(answer),
  });
}

function refusalOfStatus(status: number, code: string): MicrosoftRefused['refusal'] {
  if (mayPass(status)) return 'unavailable';
  if (status === 401) return code === 'InvalidAuthenticationToken' ? 'other' : 'consentLost';
  return status === 403 ? 'adminConsentNeeded' : 'other';
}
