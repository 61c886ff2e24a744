import { z } from 'zod';
import { invalidInput } from '../../domain/errors';
import { parseObjectId } from '../../domain/people/people';
import { ROLES } from '../../domain/people/person';
import { grantRole } from '../commands/shared/changeRoles';
import { showPeople } from '../views/showPeople';
import { cardAction } from './cardAction';

/** The form of the people card. */
export const addPerson = cardAction({
  verb: 'addPerson',
  permission: 'people.manage',
  audience: 'personal',
  schema: z.object({ objectId: z.string().max(200).default(''), role: z.string().max(50).default('') }),
  async handle(turn, data, deps) {
    const objectId = parseObjectId(data.objectId);
    const role = ROLES.find((each) => each === data.role);
    if (!role) throw invalidInput('Please choose a role. Nothing was changed.');
    await grantRole(deps, turn, { objectId, name: objectId }, role);
    turn.replace(await showPeople(deps, turn.actor));
  },
  refused: {
    code: 'invalidInput',
    card: ({ actor }, _data, deps, sentence) => showPeople(deps, actor, sentence),
  },
});
