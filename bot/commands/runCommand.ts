import { leaveCard } from '../../cards/leave';
import { permit } from '../../domain/people/permit';
import { heardByAll } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import type { Command, CommandArgs } from './command';

/** Commands that neither need nor end an open dialog. */
const HARMLESS = new Set(['help', 'cancel']);

/** Runs a command; in the middle of a dialog asks first whether to leave it. */
export async function runCommand(
  turn: Turn,
  command: Command,
  args: CommandArgs,
  deps: AppDeps,
): Promise<void> {
  if (command.permission) permit(turn.actor, command.permission);
  await heardByAll(turn, deps, command.audience, command.title);
  const open = deps.dialogs.open(turn.context);
  if (!open || HARMLESS.has(command.title)) return command.run(turn, args, deps);
  const card = leaveCard({
    run: open.run,
    title: open.title,
    kept: open.kept,
    command: [command.title, args.text].join(' ').trim(),
    commandTitle: command.title,
    ...(args.customerId && { customerId: args.customerId }),
  });
  turn.say({ card });
}
