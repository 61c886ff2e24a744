import type { AgentLog, SeenUser, UnreadUser } from '../ports';

/**
 * The users whose resets the agent cannot see, as far as it has read so far. Only the process keeps them,
 * because it reads all users once a day.
 */
export interface UnreadUsers {
  /**
   * `whole`: the reading covers all users, so a user who is not in it no longer exists. A reading counts
   * only once it has ended.
   */
  reading(whole: boolean): UnreadReading;
}
export interface UnreadReading {
  read(users: readonly SeenUser[]): void;
  unread(user: UnreadUser): void;
  end(): void;
}

/** How many users one line of the log names. */
const NAMED = 20;

export function createUnreadUsers(tell: (count: number) => void, log: AgentLog): UnreadUsers {
  let known = new Map<string, string>();
  return {
    reading(whole) {
      const kept = whole ? new Map<string, string>() : new Map(known);
      return {
        read(users) {
          if (kept.size === 0) return;
          for (const { user } of users)
            for (const key of [user.objectGuid, user.distinguishedName]) kept.delete(key);
        },
        unread: ({ objectGuid, name }) => void kept.set(objectGuid ?? name, name),
        end() {
          const isNews = kept.size !== known.size || [...kept.keys()].some((key) => !known.has(key));
          known = kept;
          if (!isNews) return;
          tell(known.size);
          const fields = { count: known.size, users: [...known.values()].slice(0, NAMED) };
          if (known.size > 0) log.warn(fields, 'users cannot be read: no reset of theirs is seen');
          else log.info(fields, 'all users can be read');
        },
      };
    },
  };
}
