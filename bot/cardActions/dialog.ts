import { z } from 'zod';
import { cancelled } from '../commands/cancel';
import { cardAction } from './cardAction';

/** An answer on a dialog step's card. */
export const dialog = cardAction({
  verb: 'dialog',
  permission: undefined,
  schema: z
    .object({ run: z.string().max(100), step: z.string().max(50), do: z.string().max(20) })
    .passthrough(),
  async handle(turn, data, deps) {
    const { run, step, ...answer } = data;
    if (answer.do === 'cancel' && deps.dialogs.open(turn.context)?.run === run) return cancelled(turn, deps);
    turn.incoming = { kind: 'card', run, step, data: answer };
    await deps.dialogs.answer(turn.context);
  },
});
