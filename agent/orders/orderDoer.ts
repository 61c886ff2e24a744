import type { z } from 'zod';
import type { AnyCommand } from '../bot/botClient';

/** How the agent does what one verb asks for. */
export interface OrderDoer {
  /** As the protocol says of the verb. */
  repeatable: boolean;
  /** Does it and says what came of it; throws an error with a `sentence` when it could not be done. */
  carryOut(command: AnyCommand, signal: AbortSignal): Promise<Done<unknown>>;
}

/** What a verb is given to do. */
type Order<Input> = Pick<AnyCommand, 'id' | 'recordId'> & { input: Input };

/** `finding`: what came of it, in words for the technician. Neither of the two holds a secret: they are written down. */
type Done<Result> = { finding: string } & (undefined extends Result
  ? { result?: Result }
  : { result: Result });

/** Joins what the protocol says of a verb with how it is done; an input that cannot be read is refused. */
export const orderDoer = <Input extends z.ZodTypeAny, Result extends z.ZodTypeAny>(
  { input, repeatable }: { input: Input; result: Result; repeatable: boolean },
  carryOut: (order: Order<z.output<Input>>, signal: AbortSignal) => Promise<Done<z.output<Result>>>,
): OrderDoer => ({
  repeatable,
  async carryOut({ id, recordId, input: brought }, signal) {
    const read = input.safeParse(brought);
    if (!read.success)
      throw new CommandFailed(
        'This version of the agent cannot read what the order brings along. Update the agent.',
      );
    return carryOut({ id, recordId, input: read.data }, signal);
  },
});

/** Could not be done, in words for the technician. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(readonly sentence: string) {
    super(sentence);
  }
}
