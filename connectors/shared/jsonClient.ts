import type { z } from 'zod';
import { isWebPage, jsonOf } from '../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../domain/agentProtocol/retryAfter';
import { type SourceRefusal, SourceRefused } from '../../domain/organizations/ports';
import type { Budget, SharedLimit } from './budget';
import type { Http, HttpAnswer } from './http';
import { PassingFault } from './networkFault';
import { retried } from './retry';
import type { Timing } from './timing';

/** One call, with all its waits and retries, ends within this time, which is shorter than a job's lease. */
const CALL_MS = 45_000;
/** Keys that can be sent in a header. */
const SENDABLE_KEY = /^[\x21-\x7e]{1,1000}$/;

/** What differs between vendors. */
export interface VendorRules {
  budget: SharedLimit;
  /** How long to wait after a 429 that gives no time; milliseconds. */
  throttleMs(now: number): number;
  /** What a 403 with this body means. */
  forbidden(text: string): SourceRefusal;
}

export interface JsonClientDeps {
  http: Http;
  apiKey: string;
  budget: () => Budget;
  timing: Timing;
  rules: VendorRules;
}

/** Reads a vendor's answers to GETs. Throws SourceRefused, or the reason of an aborted signal. */
export interface JsonClient {
  /** Undefined at 404. */
  find<S extends z.ZodType>(url: URL, schema: S, signal?: AbortSignal): Promise<z.output<S> | undefined>;
  /** Refuses a 404 as 'notJson': something other than the vendor answers there. */
  read<S extends z.ZodType>(url: URL, schema: S, signal?: AbortSignal): Promise<z.output<S>>;
}

export function createJsonClient(deps: JsonClientDeps): JsonClient {
  const find: JsonClient['find'] = async (url, schema, signal) => {
    const text = await textOf(deps, url, signal);
    return text === undefined ? undefined : parsed(text, schema);
  };
  return {
    find,
    async read(url, schema, signal) {
      const found = await find(url, schema, signal);
      if (found === undefined) throw new SourceRefused('notJson', '404');
      return found;
    },
  };
}

/** The body of the answer, within the budget and with retries; undefined at 404. */
async function textOf(
  { http, apiKey, budget, timing, rules }: JsonClientDeps,
  url: URL,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!SENDABLE_KEY.test(apiKey)) throw new SourceRefused('badKey');
  const { clock } = timing;
  const until = clock.now() + CALL_MS;
  const attempt = async () => {
    await budget().take(until, signal);
    const answer = await http.get(url, { apiKey, withinMs: until - clock.now(), signal });
    return judged(answer, clock.now(), rules);
  };
  try {
    return await retried(attempt, timing, until, signal);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

function judged({ status, headers, text }: HttpAnswer, now: number, rules: VendorRules): string | undefined {
  const asked = retryAfterMs(headers['retry-after'], now, headers.date);
  if (status === 429) {
    const seconds = Math.ceil((asked ?? rules.throttleMs(now)) / 1000);
    throw new PassingFault(new SourceRefused('throttled', String(seconds)), asked);
  }
  if (status === 408 || status >= 500) throw new PassingFault(new SourceRefused('unavailable'), asked);
  if (isWebPage(text, headers['content-type'])) throw new SourceRefused('webPage', String(status));
  if (status >= 200 && status < 300) return text;
  if (status === 404) return undefined;
  if (status === 401) throw new SourceRefused('badKey');
  if (status === 403) throw new SourceRefused(rules.forbidden(text));
  throw new SourceRefused('notJson', String(status));
}

/** Drops the parser's message, because it quotes the answer. */
function parsed<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  const json = jsonOf(text);
  if (json === undefined) throw new SourceRefused(kindOf(text));
  const result = schema.safeParse(json);
  if (!result.success) throw new SourceRefused('notJson', 'another shape');
  return result.data;
}

/** Names an answer that is no JSON by the way it begins. */
const kindOf = (text: string): SourceRefusal => (/^[\ufeff\s]*[[{]/.test(text) ? 'brokenOff' : 'notJson');
