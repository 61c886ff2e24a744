import type { NewAgentEvent } from '../../domain/agentProtocol/agentEvent';
import type { AgentClock, Directory, DirectoryState, EventQueue, ResetLog, SeenUser } from '../ports';
import type { Memory } from './memory';
import { isSame, knownOf, timesSet } from './passwordChange';
import { changedAtOf, changeOf, directoryChangedOf, type FoundReset, resetEventOf } from './resetEvent';

export interface ResetWatchDeps {
  directory: Directory;
  memory: Memory;
  append: EventQueue['append'];
  /** Asked for every reset, and answered at once or not at all: see withinBound. */
  resetLog: ResetLog;
  clock: AgentClock;
}

/** What one look found. */
export interface Look {
  state: DirectoryState;
  resets: number;
}

/**
 * Looks at the directory once: what changed since the last look, compared with what was known. Events are in the queue before the
 * memory moves on, so that a kill at any point tells a reset again rather than never. The very first look only remembers. An account that
 * was not seen before is remembered too: its first password is its creation.
 * `gap`: nobody looked for a while, at the start or while the directory was away. Throws DirectoryFault, and what `append` throws.
 */
export async function lookForResets(deps: ResetWatchDeps, gap: boolean): Promise<Look> {
  const { directory, memory, append, clock } = deps;
  const lookedAt = clock.now();
  const state = await directory.state();
  const before = memory.place();
  const { domainController, invocationId, highestUsn } = state;
  const place = { domainController, invocationId, usn: highestUsn };
  const change = before && changeOf(before, state);
  if (before && !change && highestUsn === before.usn) return { state, resets: 0 };
  const everything = !before || change !== undefined;
  const all = new Set<string>();
  let resets = 0;
  for await (const page of directory.usersSince(everything ? 0n : before.usn + 1n)) {
    if (everything) for (const { user } of page) all.add(user.objectGuid);
    if (before) resets += await tell(deps, page, { lookedAt, gap: gap || everything });
    await remember(memory, page);
  }
  if (change) await append([directoryChangedOf(change, state, lookedAt)]);
  await memory.arrive(place, everything ? all : undefined);
  return { state, resets };
}

async function tell(
  { memory, append, resetLog, clock }: ResetWatchDeps,
  page: SeenUser[],
  look: { lookedAt: number; gap: boolean },
): Promise<number> {
  const found = page.flatMap((seen) => foundIn(memory, seen));
  if (found.length === 0) return 0;
  const seenAt = clock.now();
  const events = await Promise.all(
    found.map(async (reset): Promise<NewAgentEvent> => {
      const changedAt = changedAtOf(reset.seen) ?? seenAt;
      return resetEventOf(reset, await resetLog.whoReset(reset.seen.user, changedAt), { ...look, seenAt });
    }),
  );
  await append(events);
  return found.length;
}

function foundIn(memory: Memory, seen: SeenUser): FoundReset[] {
  const before = memory.known(seen.user.objectGuid);
  const times = timesSet(before, knownOf(seen));
  return times > 0 ? [{ seen, before, times }] : [];
}

const remember = (memory: Memory, page: SeenUser[]) =>
  memory.remember(
    page
      .map((seen): [string, ReturnType<typeof knownOf>] => [seen.user.objectGuid, knownOf(seen)])
      .filter(([objectGuid, known]) => !isSame(memory.known(objectGuid), known)),
  );
