import { createHttp, DEFAULT_LIMITS } from '../../connectors/shared/http';

/** What to fetch: these addresses in order, each with this key. */
export interface RawReading {
  urls: string[];
  apiKey: string;
}

/** The product's own client with its settings, so that the comparison covers only the work on the pages. */
const http = createHttp({ ...DEFAULT_LIMITS, allows: () => true });

/** Fetches and parses each page, and then drops it, as every program that reads them must. */
async function read({ urls, apiKey }: RawReading): Promise<number> {
  const began = performance.now();
  for (const url of urls) {
    const { status, text } = await http.get(new URL(url), { apiKey, withinMs: DEFAULT_LIMITS.wholeMs });
    if (status !== 200 || typeof JSON.parse(text) !== 'object') throw new RawRefused(`${status}`);
  }
  return performance.now() - began;
}

class RawRefused extends Error {
  override readonly name = 'RawRefused';
}

process.on('message', (reading: RawReading) => {
  read(reading).then(
    (ms) => process.send?.(ms),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
