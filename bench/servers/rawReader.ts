import { Agent, get } from 'node:https';

/** What to fetch: one address after another, each with this key. */
export interface RawReading {
  urls: string[];
  apiKey: string;
}

const agent = new Agent({ keepAlive: true });

/** The body is taken and thrown away: no program that reads these pages can be faster. */
const fetched = (url: string, apiKey: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', 'x-api-key': apiKey };
    get(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new RawRefused(`${response.statusCode}`));
      response.resume().once('end', resolve).once('error', reject);
    }).once('error', reject);
  });

class RawRefused extends Error {
  override readonly name = 'RawRefused';
}

async function read({ urls, apiKey }: RawReading): Promise<number> {
  const began = performance.now();
  for (const url of urls) await fetched(url, apiKey);
  return performance.now() - began;
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
