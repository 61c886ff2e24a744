import type { z } from 'zod';
import type { ReceivedOrder } from '../bot/botClient';

/** How the agent carries out one verb. */
export interface OrderDoer {
  /** As the protocol says about the verb. */
  repeatable: boolean;
  /** Carries it out and tells the outcome. Throws an error with a `sentence` when it fails. */
  carryOut(order: ReceivedOrder, signal: AbortSignal): Promise<Done<unknown>>;
}

/** The part of an order that a verb gets. */
type Order<Input> = Pick<ReceivedOrder, 'id' | 'recordId'> & { input: Input };

/**
 * `finding`: the outcome, in words for the technician. Neither of the two holds a secret, because the
 * journal writes them down.
 */
type Done<Result> = { finding: string } & (undefined extends Result
  ? { result?: Result }
  : { result: Result });

/**
 * Joins what the protocol says about a verb with the work itself. It refuses an input that it cannot read.
 */
export const orderDoer = <Input extends z.ZodTypeAny, Result extends z.ZodTypeAny>(
  { input, repeatable }: { input: Input; result: Result; repeatable: boolean },
  carryOut: (order: Order<z.output<Input>>, signal: AbortSignal) => Promise<Done<z.output<Result>>>,
): OrderDoer => ({
  repeatable,
  async carryOut({ id, recordId, input: brought }, signal) {
    const read = input.safeParse(brought);
    if (!read.success)
      throw new OrderFailed('This version of the agent cannot read the order. Update the agent.');
    return carryOut({ id, recordId, input: read.data }, signal);
  },
});

/** The order failed; the sentence is for the technician. Logs keep the name of earlier versions. */
export class OrderFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(readonly sentence: string) {
    super(sentence);
  }
}
