import type { DeltaSync } from '../../domain/agentProtocol/agentEvent';
import type { AgentClock, AgentLog, DeltaSyncs, EventQueue } from '../ports';
import type { AskedFile } from './askedFile';
import { AskedRuns } from './askedRuns';
import type { AskedSync } from './askedSync';
import type { Connect } from './connect';
import { readinessAfter, readinessOf, type SyncReadiness } from './readiness';
import { type DeltaRun, refused, runDelta } from './runDelta';

export interface DeltaSyncDeps {
  connect: Connect;
  file: AskedFile;
  append: EventQueue['append'];
  clock: AgentClock;
  log: AgentLog;
  /**
   * This machine's clock, which times the interval between runs. The bot's clock jumps when the agent
   * learns it.
   */
  now(): number;
  /** Throws when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** How long a look at Microsoft Entra Connect stays valid. Each look loads its module, which is slow. */
const LOOK_MS = 10 * 60_000;

type Served = Pick<DeltaSync, 'outcome' | 'finding'>;
const ENDING: Served = {
  outcome: 'failed',
  finding: 'The agent is ending. What was asked for is done at its next start.',
};

/**
 * However many delta syncs are requested, one runs and at most one waits. The waiting one is written down
 * and taken up at the next start. On a server without Microsoft Entra Connect, or with cloud sync instead,
 * resets start nothing and cause no event; an order gets the reason.
 */
export function createDeltaSync(deps: DeltaSyncDeps): DeltaSyncs {
  const { clock, log } = deps;
  const closing = new AbortController();
  const lastLook = rememberLook(deps);
  let lastRunAt: number | undefined;

  async function run(asked: AskedSync): Promise<Served> {
    const startedAt = clock.now();
    const ran = await runUnlessNotHere(asked);
    if (closing.signal.aborted) return ENDING;
    if (ran.outcome === 'ran') lastRunAt = clock.now();
    await tell(deps, ran, asked, startedAt);
    return { outcome: ran.outcome, finding: ran.finding };
  }

  async function runUnlessNotHere(asked: AskedSync): Promise<DeltaRun> {
    const known = lastLook.current();
    if (asked.commandIds.length === 0 && known && knowsNone(known)) return refused(known);
    const ran = await runDelta(deps.connect, deps.now, closing.signal);
    lastLook.set(ran.readiness);
    return ran;
  }

  const runs = new AskedRuns<Served>({
    ...deps,
    run,
    failed: (error) => log.warn({ error }, 'the result of a delta sync was not reported or not stored'),
  });

  return {
    ask: async (request) => (await runs.ask(request)) ?? ENDING,
    async health() {
      const { state, finding } = lastLook.current() ?? (await lastLook.renew());
      return { state, finding, lastRunAt };
    },
    close() {
      closing.abort();
      return runs.close();
    },
  };
}

/** Nothing can be started here, and nothing is wrong. */
const knowsNone = ({ state }: SyncReadiness) => state === 'notInstalled' || state === 'cloudSync';

async function tell(
  { append, clock, log }: DeltaSyncDeps,
  { readiness, outcome, finding }: DeltaRun,
  { resets, commandIds }: AskedSync,
  startedAt: number,
): Promise<void> {
  const [commandId] = commandIds;
  if (knowsNone(readiness) && !commandId) return;
  const endedAt = clock.now();
  log.info({ outcome, resets, ms: endedAt - startedAt }, 'delta sync');
  await append([
    { type: 'deltaSync', outcome, finding, startedAt, endedAt, seenAt: endedAt, resets, commandId },
  ]);
}

function rememberLook({ connect, now }: Pick<DeltaSyncDeps, 'connect' | 'now'>) {
  let last: { readiness: SyncReadiness; at: number } | undefined;
  const set = (readiness: SyncReadiness): SyncReadiness => {
    last = { readiness, at: now() };
    return readiness;
  };
  return {
    set,
    /** Undefined: the last look is too old. */
    current: () => (last && now() - last.at < LOOK_MS ? last.readiness : undefined),
    renew: async () => set(await connect.look().then(readinessOf, readinessAfter)),
  };
}
