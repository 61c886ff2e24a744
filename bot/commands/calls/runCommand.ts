import { leaveCard } from '../../../cards/leave';
import { permit } from '../../../domain/people/permit';
import { heardByAll, whatStays } from '../../access/hearing';
import type { AppDeps, Command } from '../../appDeps';
import { readCardData } from '../../turns/cardData';
import type { Turn } from '../../turns/turn';
import type { Found } from '../../understanding/find';
import { take } from '../../understanding/take';
import { knownIn } from './known';
import { sayQuestion } from './sayQuestion';

/** How a command is called: with arguments, or with the text that asked for it. */
export type Asked<Args extends object> = { args: Args } | { found: Found; said: string };

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
  const understood = 'args' in asked ? asked : await take(asked.found, knownIn(turn, deps));
  const args = 'args' in understood ? readCardData(command.args, understood.args) : undefined;
  const open = command.duringDialog ? undefined : deps.dialogs.open(turn.context);
  if (open) {
    const call = { command: command.title, ...(args ? { args } : 'said' in asked && { text: asked.said }) };
    const kept = await whatStays(turn, deps, open);
    return turn.say({ card: leaveCard({ ...open, kept, commandTitle: command.title, call }) });
  }
  if (args) return command.run(turn, args, deps);
  if ('ask' in understood) sayQuestion(turn, command, understood.ask, deps);
}
