import { measureChat } from './chat';
import { measureFanOut } from './fanOut';
import { measureFlood } from './flood';
import { measureIdleAgent } from './idleAgent';
import { measureImports } from './imports';
import { measureIngestion } from './ingestion';
import type { Figure } from './measure/result';
import { measureResets } from './resets';
import { leaveFirstCore, startServer } from './stage/processes';
import type { Stage } from './stage/stage';
import { measureStartUp } from './startUp';

type Measure = (stage: Stage) => Promise<Figure[]>;

/**
 * The parts run one after another, each with a load measurement of its own. Starting is measured on all
 * cores; for all other parts the first core is left to the servers.
 */
const PARTS = {
  startUp: ({ folder }) => measureStartUp(folder),
  chat: pinned(measureChat),
  imports: pinned(withConnector(measureImports)),
  fanOut: pinned(({ folder, keep }) => measureFanOut(folder, keep)),
  ingestion: pinned(withConnector(measureIngestion)),
  resets: pinned(({ folder, keep }) => measureResets(folder, keep)),
  flood: pinned(withConnector(measureFlood)),
  idle: pinned(({ folder, keep }) => measureIdleAgent(folder, keep)),
} satisfies Record<string, Measure>;
type Part = keyof typeof PARTS;

const GROUPS: Record<string, readonly Part[]> = {
  turns: ['startUp', 'chat', 'imports'],
  agents: ['fanOut', 'ingestion', 'resets', 'flood', 'idle'],
};

const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

/** The values that `--only` accepts. */
export const NAMES: readonly string[] = [...Object.keys(GROUPS), ...Object.keys(PARTS)];

/** The parts that `only` names, or all parts. Undefined when it names none. */
export function partsOf(only?: string): Measure[] | undefined {
  if (only === undefined) return Object.values(PARTS);
  if (Object.hasOwn(GROUPS, only)) return GROUPS[only]?.map((part) => PARTS[part]);
  return isPart(only) ? [PARTS[only]] : undefined;
}

function pinned(measure: Measure): Measure {
  return (stage) => {
    leaveFirstCore();
    return measure(stage);
  };
}

function withConnector(
  measure: (
    folder: string,
    connector: Awaited<ReturnType<typeof startServer>>,
    keep: Stage['keep'],
  ) => Promise<Figure[]>,
): Measure {
  return async ({ folder, keep }) => {
    const connector = await keep(startServer('connector', { firstCore: false }));
    const figures = await measure(folder, connector, keep);
    await connector.stop();
    return figures;
  };
}
