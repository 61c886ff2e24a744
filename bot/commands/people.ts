import { z } from 'zod';
import { isPersonal } from '../../domain/conversations/conversationKind';
import { invalidInput } from '../../domain/errors';
import { parseObjectId } from '../../domain/people/people';
import { ROLES, type Role } from '../../domain/people/person';
import { heardByAll } from '../access/hearing';
import { mentionedPerson } from '../access/mentions';
import type { AppDeps, Understood } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showPeople } from '../views/showPeople';
import { command } from './command';
import { grantRole, takeRoles } from './shared/changeRoles';

const OBJECT_ID = /^[0-9a-f-]{36}$/i;
const HOW =
  'Type “people add @somebody technician” (or admin, or approver), or “people remove @somebody”, with a mention or an Entra object id.';

const objectId = z.string().max(200);
const args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show') }),
  z.object({ do: z.literal('add'), objectId, role: z.enum(ROLES) }),
  z.object({ do: z.literal('remove'), objectId }),
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
    const { objectId } = await meant(turn, text, deps);
    if (deed.toLowerCase() === 'add') return { args: { do: 'add', objectId, role: roleIn(text) } };
    return { args: { do: 'remove', objectId } };
  },
  async run(turn, asked, deps) {
    if (asked.do === 'add') await grant(turn, asked, deps);
    if (asked.do === 'remove') await takeRoles(deps, turn, { objectId: parseObjectId(asked.objectId) });
    // One person alone may read the list; others may read that somebody was added or removed.
    if (asked.do === 'show') await heardByAll(turn, deps, 'personal', 'people');
    if (isPersonal(turn.sender)) turn.say({ card: await showPeople(deps, turn.actor) });
  },
});

/** Teams names the person whom this message mentions; a card may be made up, so it names nobody. */
async function grant(turn: Turn, asked: Extract<Args, { do: 'add' }>, deps: AppDeps): Promise<void> {
  const objectId = parseObjectId(asked.objectId);
  const mentioned = await mentionedPerson(turn, deps.members);
  const name = mentioned?.objectId === objectId ? mentioned.name : objectId;
  await grantRole(deps, turn, { objectId, name }, asked.role);
}

/** The words beside the mention: never a word of the person's name, which can be anything. */
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

/** The mentioned person as Teams knows them; otherwise the typed object id. */
async function meant(turn: Turn, text: string, deps: AppDeps): Promise<{ objectId: string }> {
  const mentioned = await mentionedPerson(turn, deps.members);
  if (mentioned) return mentioned;
  const id = text.split(/\s+/).find((word) => OBJECT_ID.test(word));
  if (!id) throw invalidInput(HOW);
  return { objectId: parseObjectId(id) };
}
