import { finishedCard, openCustomer } from '../../cards/finished';
import { chooseSources } from '../../domain/customers/chooseSources';
import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const addActiveDirectory = command({
  title: 'add active directory',
  description: 'Have Keyturn manage a customer’s Active Directory too',
  example: 'add active directory Contoso',
  permission: 'customers.write',
  listed: false,
  forms: { 'add active directory': { takes: customer } },
  ...onCustomer(async (turn, customerId, deps) => {
    const request = { customerId, wanted: { activeDirectory: true }, requestId: turn.requestId };
    const { value } = await chooseSources(deps, turn.actor, request);
    const lines = [
      'Keyturn now manages Active Directory for this customer. Install its agent next: until the agent reports, the customer’s card says that it is missing.',
    ];
    const actions = [
      { title: 'Install agent', command: 'install agent', args: { customerId } },
      openCustomer(customerId),
    ];
    turn.say({ card: finishedCard({ title: value.name, lines, tone: 'good', actions }) });
  }),
});
