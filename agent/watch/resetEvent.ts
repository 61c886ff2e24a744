import { createHash } from 'node:crypto';
import type { NewAgentEvent, PasswordReset } from '../../domain/agentProtocol/agentEvent';
import { timeOf } from '../../domain/agentProtocol/directoryUser';
import type { DirectoryState, SeenUser } from '../ports';
import type { UsnMark } from './memory';
import type { KnownPassword } from './passwordChange';
import type { NewReset } from './recentResets';

export interface FoundReset {
  seen: SeenUser;
  before: KnownPassword | undefined;
  times: number;
}

/** When a password was set, if the directory tells it; undefined: it does not. */
export const changedAtOf = ({ user, password }: SeenUser): number | undefined =>
  password?.changedAt || timeOf(user.pwdLastSet);

/**
 * `gap`: nobody watched before this look, so everything before its start is late. `lookedAt`: its start, by
 * the domain controller's clock.
 */
export function resetEventOf(
  { seen, before, times }: FoundReset,
  who: Pick<PasswordReset, 'how' | 'by'> | undefined,
  { lookedAt, seenAt, gap }: { lookedAt: number; seenAt: number; gap: boolean },
): NewReset {
  const { user, password } = seen;
  const changedAt = changedAtOf(seen);
  return {
    type: 'reset',
    seenAt,
    user,
    ...(who ?? { how: 'unknown' as const }),
    mustChange: user.pwdLastSet === '0',
    password: {
      pwdLastSet: user.pwdLastSet,
      ...(before && { before: before.pwdLastSet }),
      ...(password?.version && { version: password.version }),
    },
    changedAt: changedAt ?? seenAt,
    times,
    late: gap && (changedAt ?? 0) <= lookedAt,
  };
}

/** How the directory differs from the one that was read before; undefined: it is the same. */
export function changeOf(
  before: UsnMark,
  now: DirectoryState,
): 'otherDomainController' | 'restored' | undefined {
  if (before.domainController !== now.domainController) return 'otherDomainController';
  // If a snapshot is rolled back and the domain controller does not notice, its invocationId stays.
  const wentBack = now.highestUsn < before.usn;
  return before.invocationId !== now.invocationId || wentBack ? 'restored' : undefined;
}

/** On one day it always gets the same id, because a kill may come between telling it and remembering it. */
export function directoryChangedOf(
  change: 'otherDomainController' | 'restored',
  before: UsnMark,
  { domainController, invocationId, now }: DirectoryState,
  seenAt: number,
): NewAgentEvent {
  const what =
    change === 'restored'
      ? `${domainController} was restored or installed again.`
      : `Another domain controller is read now: ${domainController}.`;
  const finding = `${what} All users were compared with what was known; resets found so are marked as late.`;
  const day = Math.floor(now / DAY_MS);
  const id = uuidOf([
    change,
    before.domainController,
    before.invocationId,
    domainController,
    invocationId,
    day,
  ]);
  return { type: 'directoryChanged', id, seenAt, change, finding };
}

const DAY_MS = 24 * 60 * 60_000;

/** A UUID of our own kind (version 8). The same parts always give the same UUID. */
function uuidOf(parts: (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
