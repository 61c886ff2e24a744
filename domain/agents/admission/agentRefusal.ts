import type { RefusalCode } from '../../agentProtocol/protocol';

/**
 * Thrown when a request of an agent is refused; the request changed nothing. `sentence` goes to the agent's
 * log and says what to do.
 */
export class AgentRefusal extends Error {
  override readonly name = 'AgentRefusal';
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    readonly detail: {
      /** For the bot's log only; it contains nothing of the request. */
      why?: string;
      /** With 'order'. */
      expected?: number;
      retryAfterSeconds?: number;
      /** With 'tryLater': the agent waits for a person's answer, not for the bot. */
      waitsFor?: 'person';
      /** With 'invalid': the content type or encoding is wrong. */
      wrongType?: true;
    } = {},
  ) {
    super(detail.why ?? code);
  }
}

/** The agent learns only this; which check failed is for the bot's log. */
export const unauthorized = (why: string) =>
  new AgentRefusal('unauthorized', 'The bot does not know this agent, or its signature is not right.', {
    why,
  });

export const revoked = (why: string) =>
  new AgentRefusal(
    'revoked',
    'This agent was revoked. Install it again with a new command, or uninstall it.',
    {
      why,
    },
  );

export const tryLaterAgent = (why: string, cause?: unknown) =>
  Object.assign(
    new AgentRefusal('tryLater', 'The bot is busy. The agent tries again by itself.', {
      why,
      retryAfterSeconds: 5,
    }),
    { cause },
  );
