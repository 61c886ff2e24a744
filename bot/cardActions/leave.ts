import { z } from 'zod';
import { finishedCard } from '../../cards/finished';
import { matchCommand } from '../commands/matchCommand';
import { runCommand } from '../commands/runCommand';
import { cardAction } from './cardAction';

/** The answer to 'leave what you are in the middle of?'. */
export const leave = cardAction({
  verb: 'leave',
  permission: undefined,
  schema: z.object({
    run: z.string().max(100),
    do: z.enum(['leave', 'stay']),
    command: z.string().max(600),
    customerId: z.string().max(100).optional(),
  }),
  async handle(turn, data, deps) {
    const open = deps.dialogs.open(turn.context);
    if (open?.run !== data.run) return turn.note('This question is answered already. Nothing was changed.');
    if (data.do === 'stay') {
      turn.replace(note(`Going on with: ${open.title}`, 'Your last question is below.'));
      return deps.dialogs.askAgain(turn.context);
    }
    await deps.dialogs.cancel(turn.context);
    turn.replace(note(`Left: ${open.title}`, open.kept));
    const match = matchCommand(deps.commands, data.command);
    if (match)
      await runCommand(
        turn,
        match.command,
        { text: match.rest, ...(data.customerId && { customerId: data.customerId }) },
        deps,
      );
  },
});

const note = (title: string, line: string) => finishedCard({ title, lines: [line], tone: 'neutral' });
