import type { Directory, SeenUser } from '../../agent/ports';
import { immutableIdOf, timeOf } from '../../domain/agentProtocol/directoryUser';

/** What the tenant learns about an account. */
export interface CarriedAccount {
  immutableId: string;
  objectSid?: string;
  /** When the password was set; absent: the password stays behind. */
  changedAt?: number;
}

export interface HashSyncDeps {
  directory: Directory;
  /** Whether Microsoft Entra Connect is in staging mode: then it carries nothing. */
  staging(): boolean;
  /** Carries the accounts into the tenant. An empty list also counts as a sync there. */
  carry(accounts: CarriedAccount[]): void;
}

/**
 * Password hash sync, as Microsoft Entra Connect does it between its cycles: each call carries the changes
 * since the previous call. A password that must be changed at the next logon stays behind, as in a tenant
 * without ForcePasswordChangeOnLogOn.
 */
export function createHashSync({ directory, staging, carry }: HashSyncDeps): () => Promise<void> {
  let seen = 0n;
  return async () => {
    if (staging()) {
      // When staging mode ends, all changes from that time are carried.
      seen = 0n;
      return;
    }
    const { highestUsn } = await directory.state();
    const accounts: CarriedAccount[] = [];
    if (highestUsn > seen)
      for await (const page of directory.usersSince(seen + 1n)) accounts.push(...page.map(carried));
    carry(accounts);
    seen = highestUsn;
  };
}

const carried = ({ user }: SeenUser): CarriedAccount => ({
  immutableId: immutableIdOf(user),
  objectSid: user.objectSid,
  changedAt: timeOf(user.pwdLastSet),
});
