import { z } from 'zod';
import { invalidInput } from '../../domain/errors';
import { findPerson } from '../../domain/people/findPerson';
import { ROLES } from '../../domain/people/person';
import { grantRole } from '../commands/shared/changeRoles';
import { showPeople } from '../views/showPeople';
import { cardAction } from './cardAction';

const text = z.string().max(200).default('');

/**
 * The form of the people card: a person whom Teams' people picker found, or an address; a card of an earlier
 * version sends an object id. Whatever it sends is looked up before anybody gets a role.
 */
export const addPerson = cardAction({
  verb: 'addPerson',
  permission: 'people.manage',
  audience: 'personal',
  schema: z.object({ person: text, address: text, objectId: text, role: z.string().max(50).default('') }),
  async handle(turn, { person, address, objectId, ...data }, deps) {
    const role = ROLES.find((each) => each === data.role);
    if (!role) throw invalidInput('Choose a role.');
    if (person && address)
      throw invalidInput('You chose a person and typed an address. Leave one of them empty.');
    const found = await findPerson(deps, turn.actor, person || address || objectId);
    await grantRole(deps, turn, found, role);
    turn.replace(await showPeople(deps, turn.actor));
  },
  refused: {
    code: 'invalidInput',
    card: ({ actor }, { person, address, objectId, role }, deps, problem) =>
      showPeople(deps, actor, { form: { person, address: address || objectId, role, problem } }),
  },
});
