import type { Button } from '../../cards/fragments/more';
import { questionCard } from '../../cards/question';
import type { Card } from '../../cards/shared/card';
import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import type { Subscription } from '../../domain/notifications/notification';
import { ORPHANED_MS } from '../../domain/notifications/sharedConversation';
import type { Stored } from '../../domain/ports';

/** The conversation as people know it; Teams gives the names of channels and chats. */
function conversationWords({ kind, reference }: ConversationReferenceRecord): string {
  const name = (reference as { conversation?: { name?: unknown } }).conversation?.name;
  const what = kind === 'channel' ? 'Channel' : 'Group chat';
  return typeof name === 'string' && name ? `${what} “${name.slice(0, 100)}”` : what;
}

const DAYS = ORPHANED_MS / (24 * 60 * 60_000);
const TO_DO = {
  setter: `Take the alerts over, or end them. Without an answer they end after ${DAYS} days.`,
  members:
    'Remove these people from the conversation or give them a role, then check again. Or end the alerts.',
  notLooked: 'Check again in a few minutes, or end the alerts.',
};

/** Asks an admin what should happen to a shared conversation that may get no notices. */
export function conversationQuestion(
  { id, value }: Pick<Stored<Subscription>, 'id' | 'value'>,
  { why, words }: { why: keyof typeof TO_DO; words: string },
  known: ConversationReferenceRecord,
): Card {
  const choice = (title: string, act: string, style?: 'destructive'): Button => ({
    ...{ title, verb: 'place', data: { placeId: id, do: act } },
    ...(style && { style }),
  });
  return questionCard({
    heading: 'Alerts are paused',
    about: conversationWords(known),
    tone: 'warning',
    lead: `${words} Keyturn keeps the alerts and sends them once this is settled.`,
    groups: [
      {
        title: '',
        facts: [
          ['What to do', TO_DO[why]],
          ['Set by', value.setBy.name],
        ],
      },
    ],
    buttons: [
      why === 'setter' ? choice('Take over', 'take') : choice('Check again', 'look'),
      choice('End alerts', 'end', 'destructive'),
    ],
  });
}
