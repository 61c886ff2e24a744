import { type AgentParts, runAgent } from '../../../agent/run/runAgent';
import type { WatchServices } from '../../../agent/watch/watchServices';
import { type RunWorld, runWorld } from './agentParts';

/** Waits between two tries end at once; waits for beats and whole days do not. */
export const retries = (ms: number): boolean => ms < 29_000;

/** One running agent for each test, which stops after it. */
export function useRunningAgent() {
  let open: { world: RunWorld; stop: AbortController; running: Promise<void> } | undefined;
  const opened = async (passes: (ms: number) => boolean = () => false): Promise<RunWorld> => {
    const world = await runWorld({ passes });
    open = { world, stop: new AbortController(), running: Promise.resolve() };
    return world;
  };
  const run = ({ parts }: RunWorld, more: Partial<AgentParts> = {}): void => {
    if (!open) return;
    open.stop = new AbortController();
    open.running = runAgent({ ...parts, ...more }, open.stop.signal);
  };
  const stop = async (): Promise<void> => {
    open?.stop.abort();
    await open?.running;
  };
  afterEach(async () => {
    await stop();
    await open?.world.close();
  });
  return { opened, run, stop };
}

/** A watch that reads the directory and sees nothing. */
export const seesNothing = (services: WatchServices): Promise<void> => {
  services.tellHealth({ state: 'reading' });
  return untilStopped(services);
};

export const untilStopped = ({ signal }: Pick<WatchServices, 'signal'>): Promise<void> =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
