import { z } from 'zod';
import { finishedCard } from '../../cards/finished';
import { calledBy, callSchema } from '../commands/calls/calledBy';
import { runCommand } from '../commands/calls/runCommand';
import { cardAction } from './cardAction';

const run = z.string().max(100);

/** The answer to the question whether to leave the open dialog. */
export const leave = cardAction({
  verb: 'leave',
  permission: undefined,
  schema: z.discriminatedUnion('do', [
    z.object({ do: z.literal('stay'), run }),
    callSchema.extend({ do: z.literal('leave'), run }),
  ]),
  async handle(turn, data, deps) {
    const open = deps.dialogs.open(turn.context);
    if (open?.run !== data.run) return turn.note('This question is answered already. Nothing was changed.');
    if (data.do === 'stay') {
      turn.replace(note(`Going on with: ${open.title}`, 'Your last question is below.'));
      return deps.dialogs.askAgain(turn.context);
    }
    const { command, asked } = await calledBy(turn, deps, data);
    await deps.dialogs.cancel(turn.context);
    turn.replace(note(`Left: ${open.title}`, open.kept));
    await runCommand(turn, command, asked, deps);
  },
});

const note = (title: string, line: string) => finishedCard({ title, lines: [line], tone: 'neutral' });
