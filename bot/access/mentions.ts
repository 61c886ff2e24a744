import type { TurnContext } from 'botbuilder';
import { invalidInput } from '../../domain/errors';
import type { Turn } from '../turns/turn';
import type { Members } from './members';

/**
 * The one person whom a message mentions, identified by Teams and not by the text; undefined when it
 * mentions nobody. Refuses guests.
 */
export async function mentionedPerson(
  { context, envelope }: { context: TurnContext } & Pick<Turn, 'envelope'>,
  members: Members,
): Promise<{ objectId: string; name: string } | undefined> {
  const [id, ...others] = envelope.mentioned;
  if (others.length > 0) throw invalidInput('Please name one person at a time. Nothing was changed.');
  if (!id) return undefined;
  const { guest, personId, name } = await members.lookup(context, id);
  if (guest || !personId)
    throw invalidInput(
      'A guest or somebody from another organization cannot be given a role. Nothing was changed.',
    );
  return { objectId: personId, name };
}
