import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';

/** Fixed in the ordinary tests; `npm run fuzz` draws one and says it. */
const SEED = Number(process.env.KEYTURN_FUZZ_SEED ?? 20_261_130);
const TIMES = Number(process.env.KEYTURN_FUZZ_TIMES ?? 1);
/** So many go out at once. */
const BATCH = 10;
/** Nothing that is asked here takes a person's or a vendor's time: who has no answer by then hangs. */
const HANGS_MS = 20_000;

export const FUZZ_MS = 600_000 * Math.max(1, TIMES);

export interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'HEAD';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Sends what cannot be sent by HTTP at all as nearly as it can be. */
export function createSender(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: BATCH });
  const send = ({
    method,
    path,
    headers = {},
    body,
  }: Sent): Promise<{ status: number; headers: IncomingHttpHeaders }> =>
    new Promise((resolve, reject) => {
      const safe = Object.entries(headers).map(([name, value]) => [
        name,
        value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?'),
      ]);
      const asked = request(
        {
          agent,
          host: '127.0.0.1',
          port,
          method,
          path: path.replace(/[^\x21-\x7e]/g, '%FF') || '/',
          headers: {
            ...Object.fromEntries(safe),
            ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
          response.on('error', reject);
        },
      );
      asked.setTimeout(HANGS_MS, () => asked.destroy(new Error(`no answer: ${method} ${path}`)));
      // Who is refused may lose the connection before all was sent.
      asked.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE'
          ? resolve({ status: 0, headers: {} })
          : reject(error),
      );
      asked.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** Faults that no caller sees: of the process itself, not of the box that the tests run in. */
export function watchProcess() {
  const real = runInThisContext('process') as NodeJS.Process;
  const faults: unknown[] = [];
  const note = (error: unknown) => void faults.push(error);
  real.on('unhandledRejection', note);
  real.on('uncaughtException', note);
  return {
    faults,
    stop() {
      real.off('unhandledRejection', note);
      real.off('uncaughtException', note);
    },
  };
}

/** How much of all was answered so: a run that never came beyond the door proves little. */
export function shareOf(status: number, statuses: Record<number, number>): number {
  const all = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return (statuses[status] ?? 0) / all;
}

/** Waits for all of them, so that none fails unheard, and throws what the first one threw. */
async function all<T>(sends: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(sends);
  return Promise.all(sends);
}

/**
 * Sends `inputs` inputs, ten at a time; none may be answered by a 5xx or not at all. How often each status
 * came.
 */
export async function fuzzed<T>(
  inputs: number,
  input: fc.Arbitrary<T>,
  send: (input: T) => Promise<{ status: number }>,
  between: () => void = () => undefined,
): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  await fc.assert(
    fc.asyncProperty(fc.array(input, { minLength: BATCH, maxLength: BATCH }), async (batch) => {
      const answers = await all(batch.map(send));
      between();
      for (const [index, { status }] of answers.entries()) {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status >= 500) throw new Error(`${status} for ${fc.stringify(batch[index])}`);
      }
    }),
    { seed: SEED, numRuns: Math.ceil((inputs * TIMES) / BATCH) },
  );
  return statuses;
}
