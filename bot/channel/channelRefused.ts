import { z } from 'zod';
import { jsonOf } from '../../domain/agentProtocol/readJson';

/** The channel answered without success. `retryAfterMs` when it said how long to wait. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
  constructor(
    readonly statusCode: number,
    readonly retryAfterMs: number | undefined,
    /** The channel's own code, such as `ConversationBlockedByUser`. */
    readonly errorCode: string | undefined,
    /** The answer is a web page: a device in between refused the message, and the channel has not seen it. */
    readonly inBetween = false,
  ) {
    super(`the channel answered ${statusCode}`);
  }
}

/** The request was sent and no whole answer came: nobody can know whether the channel accepted it. */
export class ChannelSilent extends Error {
  override readonly name = 'ChannelSilent';
  readonly silent = true;
  constructor(cause: unknown) {
    super('the channel did not answer', { cause });
  }
}

const code = z.string().transform((text) => text.slice(0, 100));
const byName = z.object({ error: z.object({ code }) }).transform(({ error }) => error.code);
/** A refusal of a chat that is closed to the bot: JSON inside a JSON text. */
const byNumber = z
  .object({ errorCode: z.number(), message: z.string().transform(jsonOf) })
  .pipe(z.object({ message: z.object({ subCode: code }) }))
  .transform(({ message }) => message.subCode);
const errorCodes = z.union([byName, byNumber]).optional().catch(undefined);

/** Reads the code of a refusal in either of the channel's two forms; undefined when there is none. */
export const errorCodeOf = (json: unknown): string | undefined => errorCodes.parse(json);
