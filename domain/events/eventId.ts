import type { PasswordReset } from '../agentProtocol/agentEvent';
import { hashOf } from '../links/oneTime';
import type { CustomerEvent } from './customerEvent';

/** The document id of an event: made of what happened, so that whoever tells it again finds it there. */
export const eventIdOf = (...what: (string | number)[]): string => hashOf(what.join('|')).slice(0, 32);

type Identifying = Pick<PasswordReset, 'user' | 'password' | 'changedAt'>;

/**
 * The same for everybody who sees this change of unicodePwd, on whichever domain controller: its version and the second in which it was
 * made. The version alone is not enough: a restored domain controller counts from an earlier one again.
 */
export const resetVersionKey = ({ customerId, facts }: CustomerEvent): string | undefined =>
  'reset' in facts ? versionKey(customerId, facts.reset) : undefined;

/** The same for everybody who reads pwdLastSet; a reset that must be changed at next logon has none. */
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
 * Of what tells the reset apart best. Without version and time it is the change from what was there before; where that is not known
 * either, what the agent calls it: for this account alone, so that no agent makes one of the resets of two.
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
