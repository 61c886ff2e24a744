import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './children';
import { DemoFault } from './demoFault';

/**
 * Resolves once `url` answers with 2xx. Throws DemoFault when the child ends before that, or after `boundMs`.
 */
export async function untilAnswers(url: string, child: Child, boundMs = 30_000): Promise<void> {
  const stopAsking = new AbortController();
  const end = child.ended.then((sentence) => {
    throw new DemoFault(sentence ?? `${child.name} was stopped.`);
  });
  try {
    await Promise.race([end, askUntil(url, child.name, boundMs, stopAsking.signal)]);
  } finally {
    stopAsking.abort();
    end.catch(() => undefined);
  }
}

async function askUntil(url: string, name: string, boundMs: number, stop: AbortSignal): Promise<void> {
  const deadline = Date.now() + boundMs;
  while (!stop.aborted) {
    if (await answers(url)) return;
    if (Date.now() > deadline)
      throw new DemoFault(`${name} did not answer at ${url} in ${boundMs / 1000} seconds.`);
    await delay(50);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
