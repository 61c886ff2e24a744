import type { NewAgentEvent } from '../../domain/agentProtocol/agentEvent';
import type { SeenUser } from '../ports';

export type NewReset = Extract<NewAgentEvent, { type: 'reset' }>;

/**
 * Some tools reset a password first and tick 'must change' afterwards: within this time the tick belongs to
 * the reset.
 */
const TOGETHER_MS = 10 * 60_000;
/** More resets than this at once are a migration: nobody looks at each of them. */
const MOST = 1_000;

/**
 * Resets that the agent told a short while ago and may tell again when it knows more. The process alone
 * keeps them. `now`: by the domain controller's clock.
 */
export interface RecentResets {
  keep(resets: NewReset[], now: number): void;
  /**
   * The reset that was told of this account, if its user has to change the password after all. It comes
   * once.
   */
  mustChangeAfterAll(seen: SeenUser, now: number): NewReset[];
}

export function createRecentResets(): RecentResets {
  const kept = new Map<string, NewReset>();
  const isFresh = ({ changedAt }: NewReset, now: number) => now - changedAt <= TOGETHER_MS;
  return {
    keep(resets, now) {
      for (const [objectGuid, reset] of kept) if (!isFresh(reset, now)) kept.delete(objectGuid);
      for (const reset of resets) {
        kept.delete(reset.user.objectGuid);
        if (!reset.mustChange && isFresh(reset, now)) kept.set(reset.user.objectGuid, reset);
      }
      for (const objectGuid of kept.keys()) if (kept.size > MOST) kept.delete(objectGuid);
    },
    mustChangeAfterAll({ user, password }, now) {
      const told = kept.get(user.objectGuid);
      if (!told || !isFresh(told, now) || user.pwdLastSet !== '0') return [];
      // Without a version the agent counts it as a separate reset.
      if (told.password.version === undefined || told.password.version !== password?.version) return [];
      kept.delete(user.objectGuid);
      return [{ ...told, mustChange: true }];
    },
  };
}
