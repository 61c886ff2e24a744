import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';

/** Fixed in the ordinary tests. `npm run fuzz` draws one and prints it. */
const SEED = Number(process.env.KEYTURN_FUZZ_SEED ?? 20_261_130);
const TIMES = Number(process.env.KEYTURN_FUZZ_TIMES ?? 1);
/** How many inputs are sent at once. */
const BATCH = 10;
/** No request here waits for a person or a vendor, so a request without an answer after this time hangs. */
const HANGS_MS = 20_000;

export const FUZZ_MS = 600_000 * Math.max(1, TIMES);

export interface Sent {
  method: 'GET' | 'POST' | 'PUT' | 'HEAD';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Sends each input. An input that HTTP cannot carry is sent as similarly as possible. */
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
      // A refused sender may lose the connection before everything was sent.
      asked.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE'
          ? resolve({ status: 0, headers: {} })
          : reject(error),
      );
      asked.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** Records faults that no caller sees: those of the process itself, not of jest's environment. */
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

/** The share of answers with this status. A run whose inputs were all refused at the door proves little. */
export function shareOf(status: number, statuses: Record<number, number>): number {
  const all = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return (statuses[status] ?? 0) / all;
}

/** Waits for all of them, so that no failure goes unhandled, and throws the first error. */
async function all<T>(sends: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(sends);
  return Promise.all(sends);
}

/**
 * Sends `inputs` inputs, ten at a time. Each must get an answer, and no 5xx. Returns how often each status
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
