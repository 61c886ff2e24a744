import type { Client, Context, Middleware, PageCollection } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/ports';
import type { GraphSettings } from './settings';

/** One try may take this long, and a wait that Microsoft asks for is honoured up to so many seconds. */
const TRY_MS = 15_000;
const LONGEST_WAIT_S = 10;
const TRIES_AGAIN = 3;
const MOST_PAGES = 50;

/** A Graph client that speaks with this token to `graphUrl` alone. The library is loaded on first use. */
export async function graphClient(
  settings: Pick<GraphSettings, 'graphUrl'>,
  accessToken: string,
): Promise<Client> {
  const graph = await import('@microsoft/microsoft-graph-client');
  const waits = (
    _delay: number,
    _attempt: number,
    _request: unknown,
    _options: unknown,
    response: Response,
  ) => Number(response.headers.get('Retry-After') ?? 0) <= LONGEST_WAIT_S;
  return graph.Client.initWithMiddleware({
    baseUrl: `${settings.graphUrl}/`,
    customHosts: new Set([new URL(settings.graphUrl).hostname]),
    middleware: [
      new graph.AuthenticationHandler({ getAccessToken: async () => accessToken }),
      new graph.RetryHandler(new graph.RetryHandlerOptions(1, TRIES_AGAIN, waits)),
      new TryLimit(),
      new graph.HTTPMessageHandler(),
    ],
  });
}

/** Gives every single try its time, and follows no redirects. */
class TryLimit implements Middleware {
  private next?: Middleware;
  async execute(context: Context): Promise<void> {
    context.options = { ...context.options, signal: AbortSignal.timeout(TRY_MS), redirect: 'error' };
    await this.next?.execute(context);
  }
  setNext(next: Middleware): void {
    this.next = next;
  }
}

/** Reads one thing. Throws MicrosoftRefused, also for an answer that is not what it should be. */
export async function read<S extends z.ZodType>(
  client: Client,
  path: string,
  schema: S,
  headers: Record<string, string> = {},
): Promise<z.output<S>> {
  return parsed(schema, await asked(() => client.api(path).headers(headers).get()));
}

/** Reads all of a collection, page after page by its opaque link. Throws MicrosoftRefused. */
export async function readAll<S extends z.ZodType>(
  client: Client,
  path: string,
  item: S,
): Promise<z.output<S>[]> {
  const graph = await import('@microsoft/microsoft-graph-client');
  const items: z.output<S>[] = [];
  const first: PageCollection = await asked(() => client.api(path).get());
  const most = MOST_PAGES * 100;
  const pages = new graph.PageIterator(client, first, (entry) => items.push(parsed(item, entry)) < most);
  await asked(() => pages.iterate());
  return items;
}

function parsed<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const result = schema.safeParse(answer);
  if (!result.success) throw new MicrosoftRefused('other', undefined, { cause: result.error });
  return result.data;
}

async function asked<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw refusedByGraph(error);
  }
}

const graphErrorSchema = z.object({ statusCode: z.number(), requestId: z.string().nullish() });

function refusedByGraph(error: unknown): unknown {
  const known = graphErrorSchema.safeParse(error);
  if (!known.success || error instanceof MicrosoftRefused) return error;
  const { statusCode, requestId } = known.data;
  return new MicrosoftRefused(refusalOfStatus(statusCode), requestId ?? undefined);
}

function refusalOfStatus(status: number): MicrosoftRefused['refusal'] {
  if (status === 401) return 'consentLost';
  if (status === 403) return 'adminConsentNeeded';
  return status === -1 || status === 429 || status >= 500 ? 'unavailable' : 'other';
}
