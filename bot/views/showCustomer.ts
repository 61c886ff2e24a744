import { type CustomerData, customerCard } from '../../cards/customer';
import type { Card } from '../../cards/shared/card';
import { listed } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { dateTime, line, type Text } from '../../cards/shared/time';
import { openQuestions } from '../../domain/agents/enrolment/openQuestions';
import { listAgents } from '../../domain/agents/listAgents';
import type { AuditRecord } from '../../domain/audit/auditRecord';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import type { Customer } from '../../domain/customers/customer';
import { permit } from '../../domain/people/permit';
import type { Actor } from '../../domain/people/person';
import { waitingProposal } from '../../domain/tenants/confirmTenant';
import type { AppDeps } from '../appDeps';
import { auditWords } from './auditWords';
import { customerActions } from './customerActions';
import { type CustomerFacts, needOf } from './customerNeed';
import { customerBadges } from './customerWords';
import { organizationRows } from './organizationRows';

const CHANGES_SHOWN = 5;

/** One customer, as this person may see it, and what they may do. */
export async function showCustomer(deps: AppDeps, actor: Actor, customerId: string): Promise<Card> {
  permit(actor, 'customers.read');
  const { id, value: customer } = await activeCustomer(deps.stores.customers, customerId);
  const [facts, changes, organizations] = await Promise.all([
    factsOf(deps, actor, id, customer),
    lastChanges(deps, id),
    organizationRows(deps, actor, { id, name: customer.name }),
  ]);
  const need = needFor(facts, actor, deps);
  return customerCard({
    id,
    name: customer.name,
    badges: customerBadges(customer, facts.proposal !== undefined),
    ...(need && { need }),
    facts: factLines(facts),
    organizations,
    changes,
    details: detailsOf(customer),
    ...customerActions(customer, actor, need?.button?.command),
  });
}

async function factsOf(deps: AppDeps, actor: Actor, id: string, customer: Customer): Promise<CustomerFacts> {
  const [agents, proposal, questions] = await Promise.all([
    listAgents(deps, actor, id),
    waitingProposal(deps, id),
    openQuestions(deps, id),
  ]);
  return {
    customer,
    agents: agents.map(({ value }) => value),
    proposal,
    mine: proposal?.technician.id === actor.id,
    question: questions[0]?.value,
  };
}

/** The need, with its button only for a person who may do it. */
function needFor(facts: CustomerFacts, actor: Actor, { commands }: AppDeps): CustomerData['need'] {
  const need = needOf(facts);
  const command = commands.find(({ title }) => title === need?.button?.command);
  if (!need?.button || !command?.permission || actor.permissions.has(command.permission)) return need;
  const { button: _, ...words } = need;
  return words;
}

async function lastChanges({ stores }: AppDeps, customerId: string): Promise<Text[]> {
  const { items } = await stores.audit.list({
    where: { customerId },
    sort: { key: 'at', descending: true },
    limit: CHANGES_SHOWN,
  });
  return items.map(({ value }) => changeLine(value));
}

const changeLine = (record: AuditRecord): Text =>
  line`${record.actor.name} ${auditWords(record)}, ${dateTime(record.at)}`;

function factLines({ customer: { office365 }, agents }: CustomerFacts): CustomerData['facts'] {
  const names = agents.map(({ machine }) => said(machine.name, 64));
  const agentFact: CustomerData['facts'] = names.length > 0 ? [['Agents', listed(names, 3)]] : [];
  if (!('tenant' in office365)) return agentFact;
  const { displayName, domains, checkedAt } = office365.tenant;
  return [
    ['Tenant', `${said(displayName, 120)} (${said(listed(domains, 1))})`],
    ...agentFact,
    ['Last tested', checkedAt === undefined ? 'not yet' : line`${dateTime(checkedAt)}`],
  ];
}

function detailsOf({ office365 }: Customer): Text[] {
  if (!('tenant' in office365)) return [];
  const { consentedBy, consentedAt, domains } = office365.tenant;
  return [
    line`Consent by ${said(consentedBy.name, 120)} (${said(consentedBy.username)}), ${dateTime(consentedAt)}`,
    `Domains: ${domains.map((domain) => said(domain)).join(', ')}`,
  ];
}
