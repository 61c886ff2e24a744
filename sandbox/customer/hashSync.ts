import type { Directory, SeenUser } from '../../agent/ports';
import { immutableIdOf, timeOf } from '../../domain/agentProtocol/directoryUser';

/** What the tenant is told of an account. */
export interface CarriedAccount {
  immutableId: string;
  objectSid?: string;
  /** Of the password; absent: it stays behind. */
  changedAt?: number;
}

export interface HashSyncDeps {
  directory: Directory;
  /** Whether Azure AD Connect is in staging mode: then nothing is carried. */
  staging(): boolean;
  /** Into the tenant; also with none, since each look counts as a sync there. */
  carry(accounts: CarriedAccount[]): void;
}

/**
 * Password hash sync, as Azure AD Connect does it beside its cycles: each call is one look at what changed since the last one. A
 * password that must be changed at the next logon stays behind, as in a tenant without ForcePasswordChangeOnLogOn.
 */
export function createHashSync({ directory, staging, carry }: HashSyncDeps): () => Promise<void> {
  let seen = 0n;
  return async () => {
    if (staging()) {
      // What changes meanwhile is carried when it ends.
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
