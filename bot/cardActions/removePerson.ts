import { z } from 'zod';
import { takeRoles } from '../commands/shared/changeRoles';
import { showPeople } from '../views/showPeople';
import { cardAction } from './cardAction';

/** The remove button beside a person. */
export const removePerson = cardAction({
  verb: 'removePerson',
  permission: 'people.manage',
  audience: 'personal',
  schema: z.object({ personId: z.string().max(100) }),
  async handle(turn, { personId }, deps) {
    await takeRoles(deps, turn, { objectId: personId });
    turn.replace(await showPeople(deps, turn.actor));
  },
});
