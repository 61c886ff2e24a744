import type { CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';
import { httpUrl, isLoopbackHost } from '../channel/loopback';

/** Speaks in a conversation without being spoken to. */
export interface Proactive {
  /** Runs `work` in the conversation of a stored reference; what it returns or throws comes back. */
  in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T>;
}

/** `appId`: empty for the Playground, which is spoken to on this machine alone; Teams is spoken to by https alone. */
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
      // The adapter hands errors of the callback to its own handler and resolves: the outcome is carried out by hand.
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

/** A stored address gets what the channel's own activities get past: a token is sent to it. */
function isOfChannel(serviceUrl: string, appId: string): boolean {
  const url = httpUrl(serviceUrl);
  if (!url) return false;
  return appId ? url.protocol === 'https:' : isLoopbackHost(url.hostname);
}

/** Kept by a Playground and met by production on the same database, or the other way round. */
class ForeignReference extends Error {
  override readonly name = 'ForeignReference';
}

class NotContinued extends Error {
  override readonly name = 'NotContinued';
}
