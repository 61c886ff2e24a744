import { z } from 'zod';
import { conflict, notFound } from '../../domain/errors';
import { keepOurs, takeTheirs } from '../../domain/organizations/linkNames';
import { unlinkOrganization } from '../../domain/organizations/linkOrganization';
import { showCustomer } from '../views/showCustomer';
import { cardAction } from './cardAction';

/**
 * What a person decides about a customer's organization: to take over its name, or that it is another
 * company.
 */
export const organization = cardAction({
  verb: 'organization',
  permission: 'customers.write',
  schema: z.object({
    linkId: z.string().max(300),
    do: z.enum(['takeTheirs', 'keepOurs', 'unlink']),
    /** As the card showed it. */
    theirName: z.string().max(2000).default(''),
  }),
  async handle(turn, { linkId, do: deed, theirName }, deps) {
    const { requestId, actor } = turn;
    const customerId = (await deps.stores.links.get(linkId))?.value.customerId;
    if (deed === 'unlink') {
      const unlinked = await unlinkOrganization(deps, actor, { linkId, requestId });
      return turn.replace(await showCustomer(deps, actor, unlinked.customerId));
    }
    if (!customerId) throw notFound('That link is not there any more. Look at the customer again.');
    const decide = deed === 'takeTheirs' ? takeTheirs : keepOurs;
    if (!theirName) throw conflict('This button is from an earlier version. Look at the customer again.');
    await decide(deps, actor, { linkId, theirName, requestId });
    turn.replace(await showCustomer(deps, actor, customerId));
  },
});
