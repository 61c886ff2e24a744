import type { ConversationReferenceRecord } from '../conversations/conversationState';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { PeopleDeps } from './people';
import type { Permission } from './person';
import { roleHolders } from './roleHolders';

const MOST_PEOPLE = 50;

/** The personal chats with the people who may do this now; with fifty people at the most. */
export async function chatsOf(
  deps: Pick<PeopleDeps, 'firstAdmins'> & Needs<'people' | 'references'>,
  permission: Permission,
): Promise<Stored<ConversationReferenceRecord>[]> {
  const people = [...(await roleHolders(deps, permission))].slice(0, MOST_PEOPLE);
  const found = await Promise.all(
    people.map((personId) => deps.stores.references.list({ where: { personId }, limit: 5 })),
  );
  return found
    .flatMap(({ items }) => items)
    .filter(({ value }) => value.installed && value.kind === 'personal');
}
