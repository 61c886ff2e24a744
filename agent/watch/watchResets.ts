import type { UnreadUsers } from '../directory/unreadUsers';
import type { AgentClock, Directory, EventQueue, SeenUser, UnreadUser } from '../ports';
import type { AskWho, WhoReset } from './boundedResetLog';
import type { Memory } from './memory';
import { isSame, knownOf, timesSet } from './passwordChange';
import type { NewReset, RecentResets } from './recentResets';
import { changedAtOf, changeOf, directoryChangedOf, type FoundReset, resetEventOf } from './resetEvent';

export interface ResetWatchDeps {
  directory: Directory;
  memory: Memory;
  append: EventQueue['append'];
  /** The watch asks it for every reset. */
  askWho: AskWho;
  recent: RecentResets;
  /** Appends what the promise resolves to, at any later time. Nobody waits for it. */
  tellLater(resets: Promise<NewReset[]>): void;
  unread: UnreadUsers;
  clock: AgentClock;
}

/**
 * Since when nobody watched. `none`: the last look was a moment ago. `away`: the agent has just started, or
 * the directory was away. `blind`: the directory refused to show users; nobody knows since when, so the
 * agent compares all users.
 */
export type Gap = 'none' | 'away' | 'blind';

/**
 * Looks at the directory once, and compares what changed since the last look with what was known. It puts
 * events into the queue before the memory moves on, so after a kill it tells a reset again rather than
 * never. The very first look only remembers. A new account is also only remembered, because its first
 * password is its creation. `read` in the answer: whether users were read at all. Throws DirectoryFault, and
 * what `append` throws.
 */
export async function lookForResets(deps: ResetWatchDeps, gap: Gap) {
  const { directory, memory, append, clock, unread } = deps;
  const state = await directory.state();
  const before = memory.mark();
  const { domainController, invocationId, highestUsn } = state;
  const mark = { domainController, invocationId, usn: highestUsn };
  const change = before && changeOf(before, state);
  const everything = !before || change !== undefined || gap === 'blind';
  if (!everything && highestUsn === before.usn) return { state, resets: 0, read: false };
  const all = new Set<string>();
  let isNamed = true;
  const reading = unread.reading(everything);
  const onUnread = (user: UnreadUser) => {
    reading.unread(user);
    if (user.objectGuid) all.add(user.objectGuid);
    else isNamed = false;
  };
  let resets = 0;
  for await (const page of directory.usersSince(everything ? 0n : before.usn + 1n, onUnread)) {
    reading.read(page);
    if (everything) for (const { user } of page) all.add(user.objectGuid);
    if (before) resets += await tell(deps, page, { lookedAt: state.now, gap: everything || gap !== 'none' });
    await remember(memory, page);
  }
  if (before && change) await append([directoryChangedOf(change, before, state, clock.now())]);
  // The memory does not forget unreadable users. If one of them has no name, it forgets nobody.
  await memory.arrive(mark, everything && isNamed ? all : undefined);
  reading.end();
  return { state, resets, read: true };
}

/** Tells the resets of a page, and returns their number. */
async function tell(
  { memory, append, askWho, recent, tellLater, clock }: ResetWatchDeps,
  page: SeenUser[],
  look: { lookedAt: number; gap: boolean },
): Promise<number> {
  const found = page.flatMap((seen) => foundIn(memory, seen));
  const again = page.flatMap((seen) => recent.mustChangeAfterAll(seen, look.lookedAt));
  if (found.length + again.length === 0) return 0;
  const seenAt = clock.now();
  const answers = await Promise.all(
    found.map(async (reset) => {
      const { who, later } = await askWho(reset.seen.user, changedAtOf(reset.seen) ?? seenAt, reset.times);
      return { event: resetEventOf(reset, who, { ...look, seenAt }), later };
    }),
  );
  const events = answers.map(({ event }) => event);
  await append([...events, ...again]);
  recent.keep(events, look.lookedAt);
  tellLater(knownLater(answers));
  return found.length;
}

/** The same resets again, with the person who did them. */
async function knownLater(answers: ({ event: NewReset } & Pick<WhoReset, 'later'>)[]): Promise<NewReset[]> {
  const known = answers.map(async ({ event, later }) => {
    const who = await later;
    return who ? [{ ...event, ...who }] : [];
  });
  return (await Promise.all(known)).flat();
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
