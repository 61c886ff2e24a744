import type { CustomerNeed } from '../../cards/customer';
import { listed } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import { dateTime, line, time } from '../../cards/shared/time';
import type { Agent, InstallToken } from '../../domain/agents/agent';
import type { Customer } from '../../domain/customers/customer';
import { nextStep, type SetUpStepId, stepsOf } from '../../domain/customers/setUp';
import { type Trouble, troubleOf } from '../../domain/customers/standing';
import type { TenantProposal } from '../../domain/tenants/tenantProposal';

/** What the records say of one customer. */
export interface CustomerFacts {
  customer: Customer;
  /** Its agents that are not revoked. */
  agents: Agent[];
  /** A tenant that waits for a person's answer. */
  proposal?: TenantProposal | undefined;
  /** Whether the answer is this person's. */
  mine: boolean;
  /** A program that wants the place of an agent. */
  question?: InstallToken | undefined;
}

/** The one thing to do next for a customer; undefined when nothing is to be done. */
export function needOf(facts: CustomerFacts): CustomerNeed | undefined {
  const { customer, proposal, question } = facts;
  if (proposal) return proposalNeed(proposal, facts.mine);
  const trouble = troubleOf(customer);
  if (trouble) return { tone: 'attention', ...TROUBLES[trouble](facts) };
  if (question?.replacement) return replacementNeed(question);
  const next = nextStep(stepsOf({ customer, hybrid: hybridOf(customer), alerts: true }));
  return next && stepNeed(next, customer);
}

/** By its own record alone: Microsoft is not asked for each look at a customer. */
const hybridOf = ({ sync, activeDirectory, office365 }: Customer): boolean =>
  sync !== undefined || (activeDirectory.state !== 'notChosen' && office365.state !== 'notChosen');

const proposalNeed = ({ technician }: TenantProposal, mine: boolean): CustomerNeed =>
  mine
    ? {
        tone: 'accent',
        title: 'Is this the customer’s tenant?',
        text: 'Somebody signed in. Keyturn connects nothing before you confirm the tenant.',
        button: { title: 'Confirm tenant', command: 'confirm tenant' },
      }
    : { tone: 'accent', title: `${technician.name} has to confirm the tenant.` };

const AGENTS = { title: 'Open agents', command: 'agents' };
const RECORDS = 'It keeps recording and reports when it is back.';

const TROUBLES: Record<Trouble, (facts: CustomerFacts) => Omit<CustomerNeed, 'tone'>> = {
  consentLost: ({ customer }) => ({
    title: 'Microsoft says that the consent is gone.',
    text: `Keyturn cannot see Microsoft 365 of ${customer.name} until its administrator signs in again.`,
    button: { title: 'Reconnect Microsoft 365', command: 'connect office 365' },
  }),
  connection: ({ customer }) => ({
    ...failedTest(customer),
    button: { title: 'Test again', command: 'test connection' },
  }),
  agentOffline: silent,
  someOffline: silent,
  directory: ({ agents }) => ({ ...faultOf(agents, 'directory'), button: AGENTS }),
  connect: ({ agents }) => ({ ...faultOf(agents, 'connect'), button: AGENTS }),
};

function silent({ agents }: CustomerFacts): Omit<CustomerNeed, 'tone'> {
  const offline = agents.filter(({ state }) => state === 'offline');
  const since = Math.min(...offline.map(({ lastBeatAt }) => lastBeatAt));
  const names = listed(offline.map(nameOf), 3);
  const title =
    offline.length > 0
      ? line`No contact with ${names} since ${dateTime(since)}`
      : 'No contact with its agent';
  return {
    title,
    text: offline.length > 1 ? 'They keep recording and report when they are back.' : RECORDS,
    button: AGENTS,
  };
}

function failedTest({ office365 }: Customer): Omit<CustomerNeed, 'tone'> {
  const checks = 'tenant' in office365 ? office365.tenant.checks : [];
  const failed = checks.find(({ state, unavailable }) => state === 'failed' && !unavailable);
  return { title: failed?.finding ?? 'A test of the connection failed.', text: failed?.cure ?? '' };
}

const FAULTS = {
  directory: 'cannot read Active Directory',
  connect: 'cannot start a sync with Microsoft Entra Connect',
};

/** What the agent says is its own words. */
function faultOf(agents: Agent[], part: keyof typeof FAULTS): Omit<CustomerNeed, 'tone'> {
  const faulty = agents.find(({ degraded }) =>
    part === 'connect' ? degraded?.connect : (degraded?.directory ?? degraded?.users),
  );
  const finding = faulty?.health?.[part].finding;
  const halfBlind = part === 'directory' && faulty?.degraded?.directory === undefined;
  const words = halfBlind ? 'cannot read all users' : FAULTS[part];
  return {
    title: `${faulty ? nameOf(faulty) : 'An agent'} ${words}`,
    text: finding ? `It says: “${said(finding, 200)}”` : '',
  };
}

const replacementNeed = ({ replacement, issuedBy }: InstallToken): CustomerNeed => ({
  tone: 'warning',
  title: `Another key wants to replace the agent on ${said(replacement?.machine.name ?? '', 64)}`,
  text: line`Answer by ${time(replacement?.expiresAt ?? 0)} in the chat in which ${issuedBy.name} made the install command.`,
  button: AGENTS,
});

const SET_UP = { title: 'Continue', command: 'set up' };

function stepNeed(
  step: SetUpStepId,
  { name, office365, activeDirectory }: Customer,
): CustomerNeed | undefined {
  const nothing = office365.state === 'notChosen' && activeDirectory.state === 'notChosen';
  if (nothing)
    return {
      tone: 'accent',
      title: `What should Keyturn manage for ${name}?`,
      text: 'Connect Microsoft 365, Active Directory or both.',
      button: { title: 'Set up', command: 'set up' },
    };
  const next: Record<SetUpStepId, string> = {
    name: '',
    microsoft365:
      office365.state === 'connecting' ? 'Keyturn tests Microsoft 365.' : 'Next: connect Microsoft 365',
    sync: 'Next: choose how passwords sync',
    agent: 'Next: install the agent on a domain controller',
    alerts: '',
  };
  return { tone: 'accent', title: next[step], button: SET_UP };
}

const nameOf = ({ machine }: Agent): string => said(machine.name, 64);
