import type { CustomerEvent, EventFacts } from '../../../domain/events/customerEvent';

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

/** A reset that an agent told at `at`, of account number `n`. */
export function resetEvent(
  customerId: string,
  n: number,
  at: number,
  more: { privileged?: boolean; facts?: Partial<ResetFacts>; how?: 'reset' | 'change' | 'unknown' } = {},
): { id: string; value: CustomerEvent } {
  const privileged = more.privileged ?? false;
  const facts: ResetFacts = {
    kind: 'resetSeen',
    agentName: 'DC1',
    arrival: { state: 'notTracked', finding: 'Microsoft 365 is not connected.' },
    explanation: { state: more.how === 'change' ? 'user' : 'unexplained' },
    reset: {
      user: {
        objectGuid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        samAccountName: `user${n}`,
        displayName: `User ${n}`,
        userPrincipalName: `user${n}@contoso.test`,
        distinguishedName: `CN=User ${n},DC=contoso,DC=test`,
        userAccountControl: 512,
        pwdLastSet: '133800000000000000',
        memberOf: [],
        ...(privileged && { adminCount: 1 }),
      },
      how: more.how ?? 'reset',
      by: { name: 'administrator', domain: 'CONTOSO', sid: 'S-1-5-21-1-2-3-500' },
      mustChange: false,
      password: { pwdLastSet: '133800000000000000', version: 3 },
      changedAt: at,
      times: 1,
      late: false,
      seenAt: at,
    },
    ...more.facts,
  };
  return {
    id: `reset|${customerId}|${n}`,
    value: { customerId, at, toldAt: at, privileged, facts, dueAt: at },
  };
}
