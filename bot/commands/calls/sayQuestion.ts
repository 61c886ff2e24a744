import { offerCard } from '../../../cards/offer';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import type { Question } from '../../understanding/form';
import { mayRun } from '../command';

/** Asks what the text leaves open: each choice starts the command with the arguments that it completes. */
export function sayQuestion<Args extends object>(
  turn: Turn,
  { title: command }: Command<Args>,
  { title, text, choices = [], others = [] }: Question,
  deps: AppDeps,
): void {
  const calls = choices.map((choice) => ({ ...choice, command }));
  const buttons = [
    ...others.filter((other) => allowed(turn, deps, other.command)),
    ...calls.filter(({ destructive }) => destructive),
  ];
  const rows = calls.filter(({ destructive }) => !destructive);
  const asks = rows.length + buttons.length > 0;
  turn.say(asks ? { card: offerCard({ title, text, choices: rows, buttons }) } : { text });
}

function allowed({ actor }: Turn, { commands }: AppDeps, title: string): boolean {
  const known = commands.find((command) => command.title === title);
  return known !== undefined && mayRun(actor, known);
}
