import type { RefusalCode } from '../../domain/agentProtocol/protocol';

/** The bot was not reached, or what answered was not the bot. Passing: the same request may work later. */
export class BotUnreachable extends Error {
  override readonly name = 'BotUnreachable';
  constructor(
    /** `away`: nothing answered, or that it is not there now; `certificate`: it is not trusted; `strange`: something else than the bot answered. */
    readonly kind: 'away' | 'certificate' | 'strange',
    readonly sentence: string,
    readonly retryAfterMs?: number,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** The bot said no, and why. */
export class BotRefused extends Error {
  override readonly name = 'BotRefused';
  constructor(
    readonly code: RefusalCode,
    readonly sentence: string,
    readonly retryAfterMs?: number,
    /** With 'order': the next `seq` the bot wants. */
    readonly expected?: number,
    /** With 'tryLater': a person's word in Teams is waited for. */
    readonly waitsFor?: 'person',
  ) {
    super(sentence);
  }
}
