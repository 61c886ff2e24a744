import { z } from 'zod';
import { notFound } from '../../domain/errors';
import { matchCommand } from '../commands/matchCommand';
import { runCommand } from '../commands/runCommand';
import { cardAction } from './cardAction';

/** A button that starts a command. */
export const command = cardAction({
  verb: 'command',
  permission: undefined,
  audience: 'anywhere',
  schema: z.object({ command: z.string().max(200), customerId: z.string().max(100).optional() }),
  async handle(turn, data, deps) {
    const match = matchCommand(deps.commands, data.command);
    if (!match) throw notFound('This button is from an earlier version. Type “help” to see what I can do.');
    await deps.dialogs.tidy(turn.context);
    const args = { text: match.rest, ...(data.customerId && { customerId: data.customerId }) };
    await runCommand(turn, match.command, args, deps);
  },
});
