import type { Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { invalidInput } from '../../domain/errors';
import type { Members } from './members';

const mentionSchema = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  text: z.string().default(''),
});

const isMention = (entity: unknown): boolean =>
  (entity as { type?: unknown } | null | undefined)?.type === 'mention';

/** The mentions of a message that are complete; others are none. */
function mentionsIn({ entities }: Activity): z.output<typeof mentionSchema>[] {
  const all: unknown[] = Array.isArray(entities) ? entities : [];
  // Most messages carry what Teams says of the client alone: a schema that refuses costs more than one that takes.
  return all.filter(isMention).flatMap((entity) => mentionSchema.safeParse(entity).data ?? []);
}

/** What was said, without the bot's own name that had to be mentioned to say it here. */
export function spokenText(activity: Activity): string {
  if (typeof activity.text !== 'string') return '';
  const own = mentionsIn(activity).filter(
    ({ mentioned, text }) => mentioned.id === activity.recipient.id && text,
  );
  return own
    .reduce((said, { text }) => said.replaceAll(text, ' '), activity.text.replaceAll('&nbsp;', ' '))
    .trim();
}

/** The people mentioned in a message, but for the bot; identified by Teams, never by the text. Guests are refused. */
export async function mentionedPeople(
  context: TurnContext,
  members: Members,
): Promise<{ objectId: string; name: string }[]> {
  const others = mentionsIn(context.activity)
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
