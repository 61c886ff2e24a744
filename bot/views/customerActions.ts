import type { CustomerAction, CustomerData } from '../../cards/customer';
import type { Customer } from '../../domain/customers/customer';
import type { Actor, Permission } from '../../domain/people/person';

type Offered = [permission: Permission, shown: boolean, title: string, command: string];

const IN_SIGHT = 3;

/**
 * What this person may do with a customer: the three most wanted in sight, the rest by group. What the card
 * offers as the next thing to do (`primary`) is not offered twice.
 */
export function customerActions(
  customer: Customer,
  actor: Actor,
  primary: string | undefined,
): Pick<CustomerData, 'actions' | 'more' | 'ends'> {
  const may = (offered: Offered[]): CustomerAction[] =>
    offered
      .filter(
        ([permission, shown, , command]) => shown && command !== primary && actor.permissions.has(permission),
      )
      .map(([, , title, command]) => ({ title, command }));
  const wanted = may(daily(customer));
  return {
    actions: wanted.slice(0, IN_SIGHT),
    more: [{ label: 'Set up', actions: [...wanted.slice(IN_SIGHT), ...may(setUp(customer))] }],
    ends: may(ends(customer)),
  };
}

function daily({ activeDirectory: { state }, office365 }: Customer): Offered[] {
  const connected = 'tenant' in office365;
  const noted = state !== 'notChosen';
  return [
    ['customers.read', state === 'online' || state === 'offline', 'Agents', 'agents'],
    ['tenants.connect', connected, 'Test again', 'test connection'],
    ['tenants.connect', !connected, 'Connect Microsoft 365', 'connect office 365'],
    ['customers.read', true, 'Alerts', 'notify'],
    ['sync.choose', connected || noted, 'Sync options', 'sync options'],
  ];
}

function setUp({ activeDirectory: { state }, office365 }: Customer): Offered[] {
  const noted = state !== 'notChosen';
  return [
    ['customers.write', true, 'Set-up steps', 'set up'],
    ['tenants.connect', 'tenant' in office365, 'Reconnect Microsoft 365', 'connect office 365'],
    ['customers.write', !noted, 'Add Active Directory', 'add active directory'],
    ['agents.manage', noted, 'Install agent', 'install agent'],
    ['customers.write', true, 'Rename', 'rename customer'],
  ];
}

const ends = ({ office365 }: Customer): Offered[] => [
  ['tenants.connect', 'tenant' in office365, 'Disconnect Microsoft 365', 'disconnect office 365'],
  ['customers.remove', true, 'Remove customer', 'remove customer'],
];
