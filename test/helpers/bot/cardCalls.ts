import { commands } from '../../../bot/commands';
import type { Card } from '../../../cards/shared/card';
import { nodesOf } from '../botWorld/cardReader';

const CALLS = ['command', 'leave'];

/** Buttons whose command is missing, or does not take their arguments. */
export const faultyCalls = (card: Card | undefined): string[] =>
  nodesOf(card)
    .filter(
      ({ type, verb, data }) => type === 'Action.Execute' && CALLS.includes(String(verb)) && calls(data),
    )
    .flatMap(({ title, data }) => faultIn(data as Call).map((fault) => `${title}: ${fault}`));

interface Call {
  do?: string;
  command: string;
  args?: unknown;
}

const calls = (data: unknown): boolean => (data as Call).do !== 'stay';

function faultIn({ command, args }: Call): string[] {
  const known = commands.find(({ title }) => title === command);
  if (!known) return [`no command is called “${command}”`];
  if (args === undefined) return [];
  const left = Object.keys(args as object).filter((key) => !(key in Object(known.args.safeParse(args).data)));
  return left.length > 0 || !known.args.safeParse(args).success
    ? [`“${command}” does not take its data`]
    : [];
}
