import { checksCard } from '../../cards/checks';
import { finishedCard } from '../../cards/finished';
import type { Card } from '../../cards/shared/card';
import type { Customer } from '../../domain/customers/customer';
import type { Actor } from '../../domain/people/person';
import { office365Label } from '../../domain/tenants/office365Label';
import { tenantOf } from '../../domain/tenants/runChecks';
import { CHECKS, type CheckId, type CheckOutcome } from '../../domain/tenants/tenantConnection';

const TITLES: Record<CheckId, string> = {
  token: 'Keyturn can sign in to the tenant',
  organization: 'It is the tenant that was signed in to',
  permissions: 'All permissions are granted',
  directoryRole: 'A directory role allows password resets',
  users: 'Users can be read',
};

export const stoppedCard = (sentence: string): Card =>
  finishedCard({ title: 'Connection test', lines: [sentence], tone: 'neutral' });

export function runningCard(customer: Customer, done: CheckOutcome[]): Card {
  return checksCard({
    ...about(customer),
    state: 'running',
    checks: CHECKS.map((check, index) =>
      rowOf(done[index] ?? { check, state: index === done.length ? 'running' : 'waiting' }),
    ),
    canTestAgain: false,
  });
}

export function settledCard(customer: Customer, actor: Actor): Card {
  const { tag } = office365Label(customer.office365);
  return checksCard({
    ...about(customer),
    state: tag === 'connected' || tag === 'connectedBut' ? tag : 'failed',
    checks: tenantOf(customer).checks.map(rowOf),
    canTestAgain: actor.permissions.has('tenants.connect'),
  });
}

const about = (customer: Customer) => ({
  customerId: customer.id,
  customer: customer.name,
  tenant: tenantOf(customer).displayName,
});

function rowOf(outcome: CheckOutcome | { check: CheckId; state: 'running' | 'waiting' }) {
  const { check, state } = outcome;
  if (!('finding' in outcome)) return { title: TITLES[check], state };
  const { finding, cure } = outcome;
  return { title: TITLES[check], state, finding, ...(cure && { cure }) };
}
