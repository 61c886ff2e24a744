import type { Office365State } from '../customers/customer';
import type { CheckId, CheckOutcome } from './tenantConnection';

/** How people see a customer's Office 365. Only `connected` may be green. */
export type Office365Label =
  | { tag: 'notConnected'; text: string }
  | { tag: 'connecting'; text: string }
  | { tag: 'connected'; text: string }
  | { tag: 'connectedBut'; text: string; missing: string[] }
  | { tag: 'consentLost'; text: string };

const MISSING: Record<CheckId, string> = {
  token: 'its own sign-in',
  organization: 'the right organization',
  permissions: 'permissions',
  directoryRole: 'a directory role that may reset passwords',
  users: 'access to users',
};

/** 'not connected', 'connecting', 'connected', 'connected, but missing …', 'consent lost'. */
export function office365Label(office365: Office365State): Office365Label {
  if (!('tenant' in office365)) return { tag: 'notConnected', text: 'not connected' };
  const { tenant } = office365;
  if (tenant.consentLostAt !== undefined) return { tag: 'consentLost', text: 'consent lost' };
  const missing = tenant.checks.flatMap(missingOf);
  if (office365.state === 'connecting') {
    const stopped = tenant.checkedAt !== undefined && missing[0];
    return { tag: 'connecting', text: stopped ? `connecting, but missing ${stopped}` : 'connecting' };
  }
  if (missing.length === 0) return { tag: 'connected', text: 'connected' };
  return { tag: 'connectedBut', text: `connected, but missing ${missing.join(', ')}`, missing };
}

/** What a person has to mend before anything is built on the connection. */
export const hasFailedChecks = (office365: Office365State): boolean =>
  'tenant' in office365 && office365.tenant.checks.some(({ state }) => state === 'failed');

function missingOf({ check, state }: CheckOutcome): string[] {
  if (state === 'passed') return [];
  if (state === 'warned' && check === 'directoryRole') return ['a role that may reset administrators'];
  return [MISSING[check]];
}
