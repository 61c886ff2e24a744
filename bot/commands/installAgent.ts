import { isPersonal } from '../../domain/conversations/conversationKind';
import { chooseSources } from '../../domain/customers/chooseSources';
import { invalidInput } from '../../domain/errors';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const installAgent = command({
  title: 'install agent',
  also: ['agent', 'install active directory agent', 'new install line'],
  description: 'The line that installs the Active Directory agent at a customer',
  example: 'install agent Contoso',
  permission: 'agents.manage',
  listed: 'inHelp',
  ...onCustomer(async (turn, customerId, deps) => {
    // The bot makes links in the personal chat alone; here a sentence says what to type there.
    if (!isPersonal(turn.sender)) throw invalidInput(ALONE);
    const request = { customerId, wanted: { activeDirectory: true }, requestId: turn.requestId };
    const { value } = await chooseSources(deps, turn.actor, request);
    turn.say({
      link: {
        kind: 'installAgent',
        customerId,
        title: 'Show the install line',
        text: `For ${value.name}: there is a line for a domain controller and one for another server, such as that of Azure AD Connect. Each is run once, as administrator, within 30 minutes. The button works for ten minutes, for you.`,
      },
    });
  }),
});

const ALONE =
  'The install line is for you alone. Type “install agent” with the customer’s name in our personal chat. Nothing was changed.';
