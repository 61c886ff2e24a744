import { z } from 'zod';
import { notFound } from '../../../domain/errors';
import type { Command } from '../../appDeps';
import { matchCommand } from './matchCommand';
import type { Asked } from './runCommand';

/**
 * The command that a button starts: its title, with arguments, or with words to be understood later. A
 * button with neither means the title alone. Cards of earlier versions stay in chats for good: they have the
 * words behind the title in `command` too, or a customer in `customerId`.
 */
export const callSchema = z.object({
  command: z.string().max(600),
  args: z.record(z.unknown()).optional(),
  text: z.string().max(600).optional(),
  customerId: z.string().max(100).optional(),
});

/** The command that a card starts. Throws notFound for a command that no longer exists. */
export function calledBy(
  commands: readonly Command[],
  { command: phrase, args, text, customerId }: z.infer<typeof callSchema>,
): { command: Command; asked: Asked<object> } {
  const match = matchCommand(commands, phrase);
  if (!match) throw notFound('This button is from an earlier version. Type “help” to see what I can do.');
  const { command, rest } = match;
  const given = args ?? (customerId === undefined ? undefined : { customerId });
  return { command, asked: given === undefined ? { text: text ?? rest } : { args: given } };
}
