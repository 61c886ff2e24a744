import { activeCustomer } from '../../domain/customers/changeCustomer';
import { invalidInput, notFound } from '../../domain/errors';
import { waitingProposal } from '../../domain/tenants/confirmTenant';
import { customer as named } from '../understanding/takers/customer';
import { showProposal } from '../views/showProposal';
import { command } from './command';
import { onCustomer } from './shared/onCustomer';

const ALONE =
  'Only you may answer this question. Type “confirm tenant” with the customer’s name in our personal chat.';

export const confirmTenant = command({
  title: 'confirm tenant',
  description: 'Confirm that a tenant is the customer’s',
  example: 'confirm tenant Contoso',
  permission: 'tenants.connect',
  listed: false,
  forms: { 'confirm tenant': { takes: named } },
  ...onCustomer(async (turn, customerId, deps) => {
    if (turn.sender.kind !== 'personal') throw invalidInput(ALONE);
    const customer = await activeCustomer(deps.stores.customers, customerId);
    const proposal = await waitingProposal(deps, customerId);
    if (proposal?.technician.id !== turn.actor.id)
      throw notFound(`No tenant of ${customer.value.name} waits for your confirmation.`);
    turn.say({ card: await showProposal(deps, customer, proposal) });
  }),
});
