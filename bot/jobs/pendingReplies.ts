import type { ConversationState } from '../../domain/conversations/conversationState';
import type { Stored } from '../../domain/ports';
import type { Needs } from '../../domain/stores/core';
import type { Proactive } from '../sending/proactive';
import type { ConversationLane } from '../turns/conversationLane';

const LEASE_MS = 30_000;
const AT_ONCE = 20;

/**
 * Sends replies that an instance decided on and did not send: it died, or the channel asked it to wait.
 * Resolves to the number of conversations.
 */
export async function sendPendingReplies(
  deps: Needs<'conversations', 'clock' | 'log'> & { lane: ConversationLane; proactive: Proactive },
): Promise<number> {
  await deps.lane.settleSent();
  const now = deps.clock.now();
  const claimed = await deps.stores.conversations.claimDue(now, LEASE_MS, AT_ONCE);
  const send = async (stored: Stored<ConversationState>) => {
    for (const batch of stored.value.pending.filter(({ dueAt }) => dueAt <= now)) {
      try {
        await deps.proactive.in(batch.reference, (context) =>
          deps.lane.resume(stored.id, batch.turnId, context),
        );
      } catch (error) {
        deps.log.warn({ err: error, conversation: stored.id }, 'pending replies could not be sent yet');
      }
    }
  };
  // In parallel: a conversation whose channel does not answer holds up no other.
  await Promise.all(claimed.map(send));
  return claimed.length;
}
