import { leaveCard } from '../../../cards/leave';
import { permit } from '../../../domain/people/permit';
import { heardByAll, whatStays } from '../../access/hearing';
import type { AppDeps, Command } from '../../appDeps';
import { readCardData } from '../../turns/cardData';
import type { Turn } from '../../turns/turn';

/** How a command is called: with arguments, which a card may carry, or with the words behind its title. */
export type Asked<Args extends object> = { args: Args } | { text: string };

/** Runs a command; in the middle of a dialog it asks first whether to leave the dialog. */
export async function runCommand<Args extends object>(
  turn: Turn,
  command: Command<Args>,
  asked: Asked<Args>,
  deps: AppDeps,
): Promise<void> {
  turn.ran = command.title;
  if (command.permission) permit(turn.actor, command.permission);
  await heardByAll(turn, deps, command.audience, command.title);
  const understood =
    'args' in asked
      ? { args: readCardData(command.args, asked.args) }
      : await command.fromText(turn, asked.text, deps);
  const open = command.duringDialog ? undefined : deps.dialogs.open(turn.context);
  if (open) {
    const call = { command: command.title, ...('args' in understood ? understood : asked) };
    const kept = await whatStays(turn, deps, open);
    return turn.say({ card: leaveCard({ ...open, kept, commandTitle: command.title, call }) });
  }
  if ('args' in understood) return command.run(turn, understood.args, deps);
  for (const say of understood.ask) turn.say(say);
}
