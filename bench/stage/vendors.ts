import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { RawReading } from '../servers/rawReader';
import { endOf, type Started, spawnNode, started } from './processes';

const addresses = z.object({ itGlueUrl: z.string(), huduHost: z.string(), caFile: z.string() });

export interface Vendors extends Started, z.output<typeof addresses> {
  /**
   * All requests since the previous call, as paths with their queries. From now on each answer takes
   * `latencyMs`.
   */
  requests(latencyMs: number): Promise<string[]>;
}

/** Stand-ins for IT Glue and Hudu in a process of their own, apart from the servers under test. */
export async function startVendors(folder: string): Promise<Vendors> {
  const { child, answer } = spawnServer('vendors', [folder], {}, false);
  const answered = addresses.parse(await answer());
  return {
    ...started(child, answered.itGlueUrl),
    ...answered,
    async requests(latencyMs) {
      child.send(latencyMs);
      return z.array(z.string()).parse(await answer());
    },
  };
}

export interface RawReader extends Started {
  /** Resolves to the milliseconds it took. */
  read(reading: RawReading): Promise<number>;
}

/** Fetches and parses pages as the product does, and does nothing more. Runs on the product's core. */
export async function startRawReader(caFile: string): Promise<RawReader> {
  const { child, answer } = spawnServer('rawReader', [], { NODE_EXTRA_CA_CERTS: caFile }, true);
  await answer();
  return {
    ...started(child, ''),
    async read(reading) {
      child.send(reading);
      return z.number().parse(await answer());
    },
  };
}

/** A server of `servers/` that receives requests over the channel between the processes. */
function spawnServer(name: string, args: string[], env: Record<string, string>, firstCore: boolean) {
  const file = join(__dirname, '..', 'servers', `${name}.js`);
  const child = spawnNode([file, ...args], env, { firstCore, channel: true });
  const end = endOf(child, name);
  end.catch(() => undefined);
  const answer = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), end]))[0];
  return { child, answer };
}
