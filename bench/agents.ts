import { measureFanOut } from './fanOut';
import { measureIdleAgent } from './idleAgent';
import { measureIngestion } from './ingestion';
import type { Started } from './processes';
import { measureResets } from './resets';
import type { Result } from './result';

/** What agents and notifications cost and how fast they are. */
export async function measureAgents(
  folder: string,
  connector: Started,
  keep: <S extends Started>(server: Promise<S>) => Promise<S>,
): Promise<Result[]> {
  const fanOut = await measureFanOut(folder, keep);
  const ingestion = await measureIngestion(folder, connector, keep);
  // Both are idle nearly all of the time, and do not disturb each other.
  const [resets, idle] = await Promise.all([measureResets(folder, keep), measureIdleAgent(folder, keep)]);
  return [...resets, ...fanOut, ...ingestion, ...idle];
}
