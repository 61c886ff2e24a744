import { z } from 'zod';
import { removePerson as remove } from '../../domain/people/people';
import { showPeople } from '../views/showPeople';
import { cardAction } from './cardAction';

/** The remove button beside a person. */
export const removePerson = cardAction({
  verb: 'removePerson',
  permission: 'people.manage',
  schema: z.object({ personId: z.string().max(100) }),
  async handle(turn, { personId }, deps) {
    const { name } = await remove(deps, turn.actor, { objectId: personId, requestId: turn.requestId });
    turn.replace(await showPeople(deps, turn.actor));
    turn.say({ text: `${name} has no role any more.` });
  },
});
