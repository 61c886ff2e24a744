import type { Directory, SeenUser } from '../../agent/ports';
import { immutableIdOf, timeOf } from '../../domain/agentProtocol/directoryUser';

/** A password that is on its way to the tenant. */
export interface CarriedPassword {
  immutableId: string;
  changedAt: number;
}

export interface HashSyncDeps {
  directory: Directory;
  /** Whether Azure AD Connect is in staging mode: then nothing is carried. */
  staging(): boolean;
  /** Into the tenant; also with none, since each look counts as a sync there. */
  carry(passwords: CarriedPassword[]): void;
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
    const passwords: CarriedPassword[] = [];
    if (highestUsn > seen)
      for await (const page of directory.usersSince(seen + 1n)) passwords.push(...page.flatMap(carried));
    carry(passwords);
    seen = highestUsn;
  };
}

function carried({ user }: SeenUser): CarriedPassword[] {
  const changedAt = timeOf(user.pwdLastSet);
  return changedAt === undefined ? [] : [{ immutableId: immutableIdOf(user), changedAt }];
}
