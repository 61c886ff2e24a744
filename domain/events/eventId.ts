import type { PasswordReset } from '../agentProtocol/agentEvent';
import { hashOf } from '../links/oneTime';
import type { CustomerEvent } from './customerEvent';

/**
 * The document id of an event. It is made of what happened, so that everybody who tells the event again finds
 * it.
 */
export const eventIdOf = (...what: (string | number)[]): string => hashOf(what.join('|')).slice(0, 32);

type Identifying = Pick<PasswordReset, 'user' | 'password' | 'changedAt'>;

/**
 * Equal for every agent that sees this change of unicodePwd, on any domain controller: its version and the
 * second in which it was made. The version alone is not enough, because a restored domain controller counts
 * again from an earlier one.
 */
export const resetVersionKey = ({ customerId, facts }: CustomerEvent): string | undefined =>
  'reset' in facts ? versionKey(customerId, facts.reset) : undefined;

/** Equal for every agent that reads pwdLastSet; absent for a reset that must be changed at next logon. */
export const resetTimeKey = ({ customerId, facts }: CustomerEvent): string | undefined =>
  'reset' in facts ? timeKey(customerId, facts.reset) : undefined;

function versionKey(customerId: string, { user, password, changedAt }: Identifying): string | undefined {
  const { version } = password;
  if (version === undefined) return undefined;
  return `${customerId}|${user.objectGuid}|v${version}@${Math.floor(changedAt / 1000)}`;
}

function timeKey(customerId: string, { user, password }: Identifying): string | undefined {
  return password.pwdLastSet === '0' ? undefined : `${customerId}|${user.objectGuid}|${password.pwdLastSet}`;
}

/**
 * Made of what best identifies the reset. Without version and time, that is the change from the earlier
 * state; where that is unknown too, it is the agent's own id for it. It holds for this account alone, so that
 * no agent merges the resets of two accounts.
 */
export function resetEventId(customerId: string, reset: Identifying & { id: string }): string {
  const { user, password } = reset;
  const from = password.before && `${customerId}|${user.objectGuid}|after ${password.before}`;
  return eventIdOf(
    'reset',
    versionKey(customerId, reset) ??
      timeKey(customerId, reset) ??
      from ??
      `${customerId}|${user.objectGuid}|${reset.id}`,
  );
}
