import type { RefusalCode } from '../../domain/agentProtocol/protocol';

/** The agent did not reach the bot, or something else answered. The same request may work later. */
export class BotUnreachable extends Error {
  override readonly name = 'BotUnreachable';
  constructor(
    /**
     * `away`: nothing answers, or the answer says that the bot is away. `certificate`: it is not trusted.
     * `strange`: something else than the bot answered.
     */
    readonly kind: 'away' | 'certificate' | 'strange',
    readonly sentence: string,
    readonly retryAfterMs?: number,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** The bot refused, and said why. */
export class BotRefused extends Error {
  override readonly name = 'BotRefused';
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    readonly retryAfterMs?: number,
    /** With 'order': the next `seq` that the bot wants. */
    readonly expected?: number,
    /** With 'tryLater': the bot waits for a person's word in Teams. */
    readonly waitsFor?: 'person',
  ) {
    super(sentence);
  }
}
