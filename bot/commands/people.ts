import { z } from 'zod';
import { isPersonal } from '../../domain/conversations/conversationKind';
import { invalidInput } from '../../domain/errors';
import { soughtIn } from '../../domain/people/findPerson';
import { ROLES, type Role } from '../../domain/people/person';
import { heardByAll } from '../access/hearing';
import { mentionedPerson, personMeant } from '../access/mentions';
import type { AppDeps, Understood } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showPeople } from '../views/showPeople';
import { command } from './command';
import { grantRole, takeRoles } from './shared/changeRoles';

const HOW =
  'Type “people add @Megan technician” (or admin), or “people remove @Megan”. Instead of the mention you can write an address or an Entra object ID.';

const who = z.string().max(200);
const args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show'), page: z.number().int().min(0).optional() }),
  z.object({ do: z.literal('add'), who, role: z.enum(ROLES) }),
  z.object({ do: z.literal('remove'), who }),
]);
type Args = z.infer<typeof args>;

export const people = command({
  title: 'people',
  also: ['technicians', 'team', 'roles'],
  description: 'Who may use Keyturn, and with which role; add and remove people',
  example: 'people add @Megan technician',
  permission: 'people.manage',
  listed: true,
  group: 'admin',
  audience: 'anywhere',
  readsMentions: true,
  args,
  async fromText(turn, text, deps): Promise<Understood<Args>> {
    const [, deed = ''] = /^(add|remove|delete)\b/i.exec(text) ?? [];
    if (!deed) return { args: { do: 'show' } };
    const who = await meant(turn, text, deps);
    if (deed.toLowerCase() === 'add') return { args: { do: 'add', who, role: roleIn(text) } };
    return { args: { do: 'remove', who } };
  },
  async run(turn, asked, deps) {
    if (asked.do === 'add') await grantRole(deps, turn, await personMeant(turn, asked.who, deps), asked.role);
    if (asked.do === 'remove') await takeRoles(deps, turn, { objectId: await known(turn, asked.who, deps) });
    // One person alone may read the list; others may read that somebody was added or removed.
    if (asked.do === 'show') await heardByAll(turn, deps, 'personal', 'people');
    const { page = 0 } = asked.do === 'show' ? asked : {};
    if (isPersonal(turn.sender)) turn.say({ card: await showPeople(deps, turn.actor, { page }) });
  },
});

/** Somebody who is to lose a role may have left the directory: their object id is enough. */
async function known(turn: Turn, who: string, deps: AppDeps): Promise<string> {
  const sought = soughtIn(who);
  if (sought && 'objectId' in sought) return sought.objectId;
  return (await personMeant(turn, who, deps)).objectId;
}

/** The words beside the mention: never a word of the person's name, which can be anything. */
function roleIn(text: string): Role {
  const words = text
    .replace(/<at\b.*?<\/at>/gi, ' ')
    .split(/\s+/)
    .slice(1)
    .map((word) => word.toLowerCase().replace(/\W+$/, ''));
  const said = words.filter((word) => word && !soughtIn(word));
  if (said.length === 0) return 'technician';
  const role = ROLES.find((each) => said.length <= 3 && said.at(-1) === each);
  if (!role) throw invalidInput(HOW);
  return role;
}

/** The object id of the mentioned person, as Teams knows them; otherwise the typed address or object id. */
async function meant(turn: Turn, text: string, deps: AppDeps): Promise<string> {
  const mentioned = await mentionedPerson(turn, deps.members);
  if (mentioned) return mentioned.objectId;
  const typed = text.split(/\s+/).find(soughtIn);
  if (!typed) throw invalidInput(HOW);
  return typed;
}
