import { customerCard } from '../../cards/customer';
import type { Card } from '../../cards/shared/card';
import { when } from '../../cards/shared/format';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Customer } from '../../domain/customers/customer';
import { permit } from '../../domain/people/permit';
import type { Actor, Permission } from '../../domain/people/person';
import { waitingProposal } from '../../domain/tenants/confirmTenant';
import type { TenantProposal } from '../../domain/tenants/tenantProposal';
import type { AppDeps } from '../appDeps';
import { auditWords } from './auditWords';
import { activeDirectoryBadge, office365Badge, syncWords } from './customerWords';
import { organizationRows } from './organizationRows';

const CHANGES_SHOWN = 5;

/** Everything about one customer that this person may see, and what they may do. */
export async function showCustomer(deps: AppDeps, actor: Actor, customerId: string): Promise<Card> {
  permit(actor, 'customers.read');
  const { id, value } = await activeCustomer(deps.stores.customers, customerId);
  const { items } = await deps.stores.audit.list({
    where: { customerId: id },
    sort: { key: 'at', descending: true },
    limit: CHANGES_SHOWN,
  });
  const now = deps.clock.now();
  const proposal = await waitingProposal(deps, id);
  return customerCard({
    id,
    name: value.name,
    activeDirectory: activeDirectoryBadge(value.activeDirectory, now),
    office365: office365Badge(value.office365, proposal && waitingFor(actor, proposal)),
    ...tenantWords(value, now),
    organizations: await organizationRows(deps, actor, { id, name: value.name }),
    sync: syncWords(value.sync),
    changes: items.map(({ value: record }) => ({
      when: when(record.at, now),
      who: record.actor.name,
      what: auditWords(record),
    })),
    actions: actionsOn(value, actor, proposal?.technician.id === actor.id),
  });
}

function tenantWords({ office365 }: Customer, now: number) {
  if (!('tenant' in office365)) return {};
  const { displayName, domains, consentedBy, consentedAt, checkedAt } = office365.tenant;
  return {
    tenant: {
      name: displayName,
      domains: domains.join(', '),
      consentedBy: `${consentedBy.name} (${consentedBy.username})`,
      consentedAt: when(consentedAt, now),
      checkedAt: checkedAt === undefined ? '' : when(checkedAt, now),
    },
  };
}

const waitingFor = (actor: Actor, { technician }: TenantProposal): string =>
  technician.id === actor.id ? 'your' : `${technician.name}’s`;

function actionsOn(customer: Customer, actor: Actor, asked: boolean) {
  const connected = 'tenant' in customer.office365;
  const { state } = customer.activeDirectory;
  const noted = state !== 'notChosen';
  const offered: [Permission, boolean, string, string][] = [
    ['tenants.connect', asked, 'Confirm tenant', 'confirm tenant'],
    ['tenants.connect', true, `${connected ? 'Reconnect' : 'Connect'} Office 365`, 'connect office 365'],
    ['tenants.connect', connected, 'Test again', 'test connection'],
    ['sync.choose', connected || noted, 'Sync options', 'sync options'],
    ['customers.write', !noted, 'Add Active Directory', 'add active directory'],
    ['agents.manage', noted, 'Install agent', 'install agent'],
    ['customers.read', state === 'online' || state === 'offline', 'Agents', 'agents'],
    ['customers.read', true, 'Notify me', 'notify'],
    ['customers.write', true, 'Rename', 'rename customer'],
    ['tenants.connect', connected, 'Disconnect Office 365', 'disconnect office 365'],
    ['customers.remove', true, 'Remove', 'remove customer'],
  ];
  return offered
    .filter(([permission, shown]) => shown && actor.permissions.has(permission))
    .map(([, , title, command]) => ({ title, command }));
}
