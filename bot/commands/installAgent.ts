import { isPersonal } from '../../domain/conversations/conversationKind';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import { invalidInput } from '../../domain/errors';
import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const installAgent = command({
  title: 'install agent',
  description: 'The command that installs the Active Directory agent at a customer',
  example: 'install agent Contoso',
  permission: 'agents.manage',
  listed: false,
  group: 'setUp',
  forms: { 'install agent': { takes: customer } },
  ...onCustomer(async (turn, customerId, deps) => {
    // The bot makes links in the personal chat alone; here a sentence says what to type there.
    if (!isPersonal(turn.sender)) throw invalidInput(ALONE);
    const { value } = await activeCustomer(deps.stores.customers, customerId);
    turn.say({
      link: {
        kind: 'installAgent',
        customerId,
        title: 'Make an install command',
        text: `For ${value.name}. The page makes one command for a domain controller and one for another server, such as the server of Microsoft Entra Connect. Run a command as administrator within 30 minutes; each installs one agent. This button works for ten minutes, for you.`,
      },
    });
  }),
});

const ALONE =
  'The install command is for you alone. Type “install agent” and the customer’s name in our personal chat. Nothing was changed.';
