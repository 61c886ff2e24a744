import { z } from 'zod';
import { notFound } from '../../../domain/errors';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import { findCommand } from '../../understanding/find';
import { commandOf, knownIn } from './known';
import type { Asked } from './runCommand';

/**
 * The command that a button starts: its title, with arguments, or with the typed text, to be understood
 * later. A button with neither means the title alone. Cards of earlier versions stay in chats for good: they
 * have the words behind the title in `text` or in `command`, or a customer in `customerId`.
 */
export const callSchema = z.object({
  command: z.string().max(600),
  args: z.record(z.unknown()).optional(),
  text: z.string().max(600).optional(),
  customerId: z.string().max(100).optional(),
});

/** The command that a card starts. Throws notFound for a command that no longer exists. */
export async function calledBy(
  turn: Turn,
  deps: AppDeps,
  { command: title, args, text, customerId }: z.infer<typeof callSchema>,
): Promise<{ command: Command; asked: Asked<object> }> {
  const given = args ?? (customerId === undefined ? undefined : { customerId });
  const known = given && deps.commands.find((command) => command.title === title);
  if (known) return { command: known, asked: { args: given } };
  const called =
    (text && (await saying(text, turn, deps, title))) ||
    (await saying(text ? `${title} ${text}` : title, turn, deps));
  if (called) return called;
  throw notFound('This button is from an earlier version. Type “help” to see what I can do.');
}

/** The command that the text asks for; with a `title`, only the command of that title. */
async function saying(text: string, turn: Turn, deps: AppDeps, title?: string) {
  const found = await findCommand(text, knownIn(turn, deps));
  const command = found && commandOf(deps.commands, found.form);
  if (!command || (title && command.title !== title)) return undefined;
  return { command, asked: { found, said: text } };
}
