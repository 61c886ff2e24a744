import type { CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import { httpUrl, isLoopbackHost } from '../channel/loopback';

/** Speaks in a conversation unasked. */
export interface Proactive {
  /** Runs `work` in the conversation of a stored reference; returns or throws what `work` does. */
  in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T>;
}

/**
 * `appId`: empty for the Playground, which the bot reaches only on this machine; the bot reaches Teams only
 * by https.
 */
export function createProactive(deps: {
  adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
  appId: string;
}): Proactive {
  return {
    async in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T> {
      const { serviceUrl = '' } = reference as Partial<ConversationReference>;
      if (!isOfChannel(serviceUrl, deps.appId))
        throw new ForeignReference('the serviceUrl is of another channel');
      let outcome: { value: T } | { error: unknown } | undefined;
      // The adapter gives errors of the callback to its own handler and then resolves, so this code carries
      // the outcome out.
      const logic = async (context: TurnContext) => {
        try {
          outcome = { value: await work(context) };
        } catch (error) {
          outcome = { error };
        }
      };
      await deps.adapter.continueConversationAsync(
        deps.appId,
        reference as Partial<ConversationReference>,
        logic,
      );
      if (outcome && 'value' in outcome) return outcome.value;
      throw outcome?.error ?? new NotContinued('the adapter did not run the callback');
    },
  };
}

/**
 * A stored address must pass the same check as the channel's own activities, because the bot sends it a
 * token.
 */
function isOfChannel(serviceUrl: string, appId: string): boolean {
  const url = httpUrl(serviceUrl);
  if (!url) return false;
  return appId ? url.protocol === 'https:' : isLoopbackHost(url.hostname);
}

/**
 * A Playground wrote the reference and production reads it from the same database, or the other way round.
 */
class ForeignReference extends Error {
  override readonly name = 'ForeignReference';
}

class NotContinued extends Error {
  override readonly name = 'NotContinued';
}
