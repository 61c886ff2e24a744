import type { Needs } from '../stores/core';
import { actorOf, type PeopleDeps } from './people';
import type { StaffDirectory } from './staffDirectory';

const MOST = 10;

/**
 * Looks up the names of people who are known by object id alone: those of the settings, and those whom an
 * earlier version added. A directory that does not answer changes nothing.
 */
export async function learnNames(
  deps: Pick<PeopleDeps, 'firstAdmins'> & { staff: StaffDirectory } & Needs<'people', 'clock' | 'log'>,
): Promise<void> {
  const { items } = await deps.stores.people.list({ limit: 200 });
  const known = new Set(items.map(({ id }) => id));
  const unnamed = [
    ...deps.firstAdmins.filter((id) => !known.has(id)),
    ...items.flatMap(({ id, value }) => (value.name === id ? [id] : [])),
  ];
  try {
    for (const id of unnamed.slice(0, MOST)) {
      const found = await deps.staff.find({ objectId: id });
      if (found === 'closed') return;
      if (found) await actorOf(deps, { id, name: found.name, conversationId: '' });
    }
  } catch (error) {
    deps.log.warn({ err: error }, 'names of people could not be looked up');
  }
}
