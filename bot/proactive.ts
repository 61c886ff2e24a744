import type { CloudAdapter, ConversationReference, TurnContext } from 'botbuilder';

/** Speaks in a conversation without being spoken to. */
export interface Proactive {
  /** Runs `work` in the conversation of a stored reference; what it returns or throws comes back. */
  in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T>;
}

export function createProactive(deps: {
  adapter: Pick<CloudAdapter, 'continueConversationAsync'>;
  appId: string;
}): Proactive {
  return {
    async in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T> {
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

class NotContinued extends Error {
  override readonly name = 'NotContinued';
}
