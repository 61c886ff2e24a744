import { isPersonal } from '../../domain/conversations/conversationKind';
import { invalidInput } from '../../domain/errors';
import { parseObjectId } from '../../domain/people/people';
import { ROLES, type Role } from '../../domain/people/person';
import { heardByAll } from '../access/hearing';
import { mentionedPerson } from '../access/mentions';
import { grantRole, showPeople, takeRoles } from '../views/showPeople';
import type { Command } from './command';

const OBJECT_ID = /^[0-9a-f-]{36}$/i;
const HOW =
  'Type “people add @somebody technician” (or admin, or approver), or “people remove @somebody”, with a mention or an Entra object id.';

export const people: Command = {
  title: 'people',
  also: ['technicians', 'team', 'roles'],
  description: 'Who may use Keyturn, and with which role; add and remove people',
  example: 'people add @Megan technician',
  permission: 'people.manage',
  listed: true,
  audience: 'anywhere',
  readsMentions: true,
  async run(turn, { text }, deps) {
    if (/^add\b/i.test(text)) await grantRole(deps, turn, await meant(turn, text, deps), roleIn(text));
    if (/^(remove|delete)\b/i.test(text)) await takeRoles(deps, turn, await meant(turn, text, deps));
    // The list is for one person alone; that somebody was added or removed may be read here.
    const changed = /^(add|remove|delete)\b/i.test(text);
    if (!changed) await heardByAll(turn, deps, 'personal', 'people');
    if (isPersonal(turn.sender)) turn.say({ card: await showPeople(deps, turn.actor) });
  },
};

/** What is said beside the person: never a word of their name, which may be anything. */
function roleIn(text: string): Role {
  const words = text
    .replace(/<at\b.*?<\/at>/gi, ' ')
    .split(/\s+/)
    .slice(1)
    .map((word) => word.toLowerCase().replace(/\W+$/, ''));
  const said = words.filter((word) => word && !OBJECT_ID.test(word));
  if (said.length === 0) return 'technician';
  const role = ROLES.find((each) => said.length <= 3 && said.at(-1) === each);
  if (!role) throw invalidInput(HOW);
  return role;
}

/** The mentioned person as Teams knows them, else the object id that was typed. */
async function meant(turn: Parameters<Command['run']>[0], text: string, deps: Parameters<Command['run']>[2]) {
  const mentioned = await mentionedPerson(turn, deps.members);
  if (mentioned) return mentioned;
  const id = text.split(/\s+/).find((word) => OBJECT_ID.test(word));
  if (!id) throw invalidInput(HOW);
  return { objectId: parseObjectId(id), name: id.toLowerCase() };
}
