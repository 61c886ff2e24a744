import type { SetUpRow } from '../../cards/setUp';
import type { Badge, CommandButton } from '../../cards/shared/card';
import { listed } from '../../cards/shared/format';
import { said } from '../../cards/shared/said';
import type { Customer } from '../../domain/customers/customer';
import type { SetUpStep, SetUpStepId } from '../../domain/customers/setUp';
import { SYNC_MODE_WORDS } from '../../domain/sync/syncWords';
import { office365Label } from '../../domain/tenants/office365Label';

/** What the rows say beside the states of the steps. */
export interface SetUpFacts {
  customerId: string;
  customer: Customer;
  /** Its organizations in IT Glue and Hudu. */
  organizations: string[];
  /** The machines of its agents. */
  agents: string[];
  /** Whose answer a tenant waits for: 'your', 'Tom’s'. */
  waitsFor?: string;
}

const TITLES: Record<SetUpStepId, string> = {
  name: 'Name',
  microsoft365: 'Microsoft 365',
  sync: 'Password sync',
  agent: 'Agent',
  alerts: 'Alerts',
};

const NUMBERS = ['①', '②', '③', '④', '⑤'];

/** One step in one line: its symbol, and in words how far it is. */
export function setUpRow(step: SetUpStep, index: number, facts: SetUpFacts): Omit<SetUpRow, 'open'> {
  const text = STATES[step.id](facts, step);
  return { title: TITLES[step.id], state: { text, ...symbolOf(step, index) } };
}

function symbolOf({ state }: SetUpStep, index: number): Omit<Badge, 'text'> {
  if (state === 'done') return { symbol: '✓', tone: 'good' };
  if (state === 'failed') return { symbol: '✗', tone: 'attention' };
  if (state === 'working') return { symbol: '…', tone: 'accent' };
  return { symbol: NUMBERS[index] ?? '', tone: state === 'open' ? 'accent' : 'neutral' };
}

const STATES: Record<SetUpStepId, (facts: SetUpFacts, step: SetUpStep) => string> = {
  name: ({ customer, organizations }) =>
    organizations.length > 0 ? `${customer.name}, linked to ${listed(organizations, 2)}` : customer.name,
  microsoft365: ({ customer, waitsFor }, { state }) => {
    const { office365 } = customer;
    if (waitsFor && state === 'open') return `signed in, waiting for ${waitsFor} confirmation`;
    if (state === 'optional') return 'not used';
    if (state === 'working') return 'the connection is being tested';
    const { tag, text } = office365Label(office365);
    return tag === 'connected' && 'tenant' in office365
      ? `connected to ${said(office365.tenant.displayName, 120)}`
      : text;
  },
  sync: ({ customer: { sync } }, { state }) => {
    if (sync) return SYNC_MODE_WORDS[sync.mode].title;
    return state === 'upcoming' ? 'after Microsoft 365 is connected' : 'not chosen yet';
  },
  agent: ({ customer: { activeDirectory }, agents }, { state }) => {
    if (state === 'done') return `online on ${listed(agents, 3)}`;
    if (state === 'failed') return `no contact with ${listed(agents, 3)}`;
    if (state === 'optional') return 'only for Active Directory';
    return activeDirectory.state === 'waiting' ? 'waiting for its agent' : 'not installed yet';
  },
  alerts: (_facts, { state }) => (state === 'done' ? 'come to this chat' : 'not in this chat yet'),
};

/** What to do in the open step, and its buttons; the first is the next click. */
export function setUpTask(
  id: SetUpStepId,
  { customerId, customer }: SetUpFacts,
): { details: string[]; buttons: CommandButton[] } {
  const button = (title: string, command: string, more: object = {}): CommandButton => ({
    title,
    command,
    args: { customerId, ...more },
  });
  const { name, office365 } = customer;
  switch (id) {
    case 'name':
      return { details: [], buttons: [button('Rename', 'rename customer')] };
    case 'microsoft365':
      return 'tenant' in office365
        ? {
            details: [],
            buttons: [button('Test again', 'test connection'), button('Connect again', CONNECT, HERE)],
          }
        : { details: [SIGN_IN(name)], buttons: [button('Connect Microsoft 365', CONNECT, HERE)] };
    case 'sync':
      return { details: [SYNC(name)], buttons: [button('Choose password sync', 'sync options', HERE)] };
    case 'agent':
      return { details: [INSTALL], buttons: [button('Show install command', 'install agent')] };
    case 'alerts':
      return {
        details: [ALERTS(name)],
        buttons: [
          button('Get alerts here', 'set up', { alerts: true, ...HERE }),
          button('Choose alerts', 'notify'),
        ],
      };
  }
}

/** The button is on the card of the set-up, which changes in place. */
const HERE = { here: true };
const CONNECT = 'connect office 365';
const SIGN_IN = (name: string) =>
  `A Global Administrator of ${name} signs in at Microsoft and accepts the permissions. Keyturn never sees a password.`;
const SYNC = (name: string) =>
  `${name} has passwords in Active Directory and in Microsoft 365. Choose which of them Keyturn writes.`;
const INSTALL =
  'Run one command on a domain controller, and one on the server with Microsoft Entra Connect if that is another one. This card changes when the agent is online.';
const ALERTS = (name: string) =>
  `This chat gets alerts about unexplained password resets at ${name}, agents without contact and connections that fail.`;
