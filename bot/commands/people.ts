import { invalidInput } from '../../domain/errors';
import { parseObjectId } from '../../domain/people/people';
import { ROLES, type Role } from '../../domain/people/person';
import { mentionedPeople } from '../access/mentions';
import { grantRole, showPeople } from '../views/showPeople';
import type { Command } from './command';

const HOW =
  'Type “people add @somebody technician” (or admin, or approver), with a mention or an Entra object id.';

export const people: Command = {
  title: 'people',
  also: ['technicians', 'team', 'roles'],
  description: 'Who may use Keyturn, and with which role; add and remove people',
  example: 'people add @Megan technician',
  permission: 'people.manage',
  listed: true,
  async run(turn, { text }, deps) {
    if (/^add\b/i.test(text)) await grantRole(deps, turn, await meant(turn, text, deps), roleIn(text));
    turn.say({ card: await showPeople(deps, turn.actor) });
  },
};

const roleIn = (text: string): Role =>
  ROLES.find((role) => new RegExp(`\\b${role}\\b`, 'i').test(text)) ?? 'technician';

/** The mentioned person as Teams knows them, else the object id that was typed. */
async function meant(turn: Parameters<Command['run']>[0], text: string, deps: Parameters<Command['run']>[2]) {
  const [mentioned] = await mentionedPeople(turn.context, deps.members);
  if (mentioned) return mentioned;
  const id = text.split(/\s+/).find((word) => /^[0-9a-f-]{36}$/i.test(word));
  if (!id) throw invalidInput(HOW);
  return { objectId: parseObjectId(id), name: id.toLowerCase() };
}
