import type { RefusalCode } from '../../agentProtocol/protocol';

/** Thrown for a request of an agent that is refused; nothing was changed by it. `sentence` goes to the agent's log and says what to do. */
export class AgentRefusal extends Error {
  override readonly name = 'AgentRefusal';
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    readonly detail: {
      /** For the bot's log alone; holds nothing of the request. */
      why?: string;
      /** With 'order'. */
      expected?: number;
      retryAfterSeconds?: number;
      /** With 'tryLater': not the bot, but a person's word is waited for. */
      waitsFor?: 'person';
      /** Of 'invalid': for its content type or encoding. */
      wrongType?: true;
    } = {},
  ) {
    super(detail.why ?? code);
  }
}

/** The agent learns no more than this: which check failed is for the bot's log. */
export const unauthorized = (why: string) =>
  new AgentRefusal('unauthorized', 'The bot does not know this agent, or its signature is not right.', {
    why,
  });

export const revoked = (why: string) =>
  new AgentRefusal('revoked', 'This agent was revoked. Install it again with a new line, or uninstall it.', {
    why,
  });

export const tryLaterAgent = (why: string, cause?: unknown) =>
  Object.assign(
    new AgentRefusal('tryLater', 'The bot is busy. The agent tries again by itself.', {
      why,
      retryAfterSeconds: 5,
    }),
    { cause },
  );
