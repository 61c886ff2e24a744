import { z } from 'zod';
import { isPersonal } from '../../domain/conversations/conversationKind';
import { soughtIn } from '../../domain/people/findPerson';
import { ROLES } from '../../domain/people/person';
import { heardByAll } from '../access/hearing';
import { personMeant } from '../access/mentions';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { personAndRole, personToRemove } from '../understanding/takers/person';
import { showPeople } from '../views/showPeople';
import { command } from './command';
import { grantRole, takeRoles } from './shared/changeRoles';

const who = z.string().max(200);
const args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show'), page: z.number().int().min(0).optional() }),
  z.object({ do: z.literal('add'), who, role: z.enum(ROLES) }),
  z.object({ do: z.literal('remove'), who }),
]);
export const people = command({
  title: 'people',
  description: 'Who may use Keyturn, and with which role; add and remove people',
  example: 'people add @Megan technician',
  permission: 'people.manage',
  listed: true,
  group: 'admin',
  audience: 'anywhere',
  forms: {
    people: { args: { do: 'show' } },
    'people add': { args: { do: 'add' }, takes: personAndRole },
    'people remove': { args: { do: 'remove' }, takes: personToRemove, destructive: true },
  },
  args,
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
