import { type CheckRow, checksCard } from '../../cards/checks';
import { finishedCard } from '../../cards/finished';
import { type Button, commandButton, type LinkButton } from '../../cards/fragments/more';
import type { Card } from '../../cards/shared/card';
import { said } from '../../cards/shared/said';
import type { Customer } from '../../domain/customers/customer';
import { office365Label } from '../../domain/tenants/office365Label';
import { tenantOf } from '../../domain/tenants/runChecks';
import { CHECKS, type CheckId, type CheckOutcome } from '../../domain/tenants/tenantConnection';

const TITLES: Record<CheckId, string> = {
  token: 'Sign-in to the tenant',
  organization: 'The right tenant',
  permissions: 'Permissions',
  directoryRole: 'Directory role for password resets',
  users: 'Reading users',
};

export const stoppedCard = (sentence: string): Card =>
  finishedCard({ title: 'Connection test', lines: [sentence], tone: 'neutral' });

export function runningCard(customer: Customer, done: readonly CheckOutcome[], inside = false): Card {
  return checksCard({
    inside,
    ...about(customer),
    state: 'running',
    checks: CHECKS.map((check, index) =>
      rowOf(done[index] ?? { check, state: index === done.length ? 'running' : 'waiting' }),
    ),
    buttons: [],
  });
}

/** The outcome of the last test. `here`: on the card of a set-up, where the next question stands, too. */
export function settledCard(customer: Customer, { here }: { here: boolean }): Card {
  const { tag } = office365Label(customer.office365);
  const { checks } = tenantOf(customer);
  return checksCard({
    inside: here,
    ...about(customer),
    state: tag === 'connected' || tag === 'connectedBut' ? tag : 'failed',
    checks: checks.map(rowOf),
    buttons: [
      ...buttonsFor(customer, checks, here),
      ...(here
        ? []
        : [commandButton('Open customer', { command: 'customer', args: { customerId: customer.id } })]),
    ],
  });
}

const about = (customer: Customer) => ({
  customer: customer.name,
  tenant: said(tenantOf(customer).displayName, 120),
});

function rowOf(outcome: CheckOutcome | { check: CheckId; state: 'running' | 'waiting' }): CheckRow {
  const { check, state } = outcome;
  if (!('finding' in outcome)) return { title: TITLES[check], state };
  const { finding, cure, script } = outcome;
  return { title: TITLES[check], state, finding, ...(cure && { cure }), ...(script && { script }) };
}

/** The page of the tenant's roles in the Microsoft Entra admin center. */
const rolesUrl = (tenantId: string): string =>
  `https://entra.microsoft.com/${encodeURIComponent(tenantId)}/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles`;

function buttonsFor(customer: Customer, checks: readonly CheckOutcome[], here: boolean) {
  const fails = (...ids: CheckId[]) =>
    checks.some(({ check, state }) => ids.includes(check) && (state === 'failed' || state === 'warned'));
  const { id: customerId } = customer;
  const again = commandButton('Connect again', {
    command: 'connect office 365',
    args: { customerId, ...(here && { here }) },
  });
  const roles: LinkButton = { title: 'Open Entra roles', url: rolesUrl(tenantOf(customer).tenantId) };
  const test: Button = { title: 'Test again', verb: 'testAgain', data: { customerId }, style: 'positive' };
  return [
    ...(fails(...CHECKS) ? [test] : []),
    ...(fails('directoryRole') ? [roles] : []),
    ...(fails('token', 'organization', 'permissions') ? [again] : []),
  ];
}
