import { calledBy, callSchema } from '../commands/calls/calledBy';
import { runCommand } from '../commands/calls/runCommand';
import { cardAction } from './cardAction';

/** A button that starts a command. */
export const command = cardAction({
  verb: 'command',
  permission: undefined,
  audience: 'anywhere',
  schema: callSchema,
  async handle(turn, call, deps) {
    const { command, asked } = await calledBy(turn, deps, call);
    await deps.dialogs.tidy(turn.context);
    await runCommand(turn, command, asked, deps);
  },
});
