import { TurnContext } from 'botbuilder';
import { invalidInput } from '../../domain/errors';
import type { Members } from './members';

/** The people mentioned in a message, but for the bot; identified by Teams, never by the text. Guests are refused. */
export async function mentionedPeople(
  context: TurnContext,
  members: Members,
): Promise<{ objectId: string; name: string }[]> {
  const others = TurnContext.getMentions(context.activity)
    .map(({ mentioned }) => mentioned)
    .filter(({ id }) => id !== context.activity.recipient.id);
  return Promise.all(
    others.map(async ({ id }) => {
      const member = await members.lookup(context, id);
      if (member.guest || !member.personId)
        throw invalidInput(
          'A guest or somebody from another organization cannot be given a role. Nothing was changed.',
        );
      return { objectId: member.personId, name: member.name };
    }),
  );
}
