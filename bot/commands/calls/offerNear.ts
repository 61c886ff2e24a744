import { offerCard } from '../../../cards/offer';
import type { AppDeps } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import { nearForms } from '../../understanding/near';
import { nearCustomers } from '../../understanding/takers/customer';
import { mayRun } from '../command';
import { commandOf, knownIn } from './known';

const MOST = 3;
const HELP = { title: 'All commands', command: 'help' };

/** Answers a text that means nothing: at most three guesses, and never one that takes something away. */
export async function offerNear(turn: Turn, text: string, deps: AppDeps): Promise<void> {
  const { lexicon, forms, candidates } = knownIn(turn, deps);
  const offered = deps.commands
    .filter((command) => command.listed && mayRun(turn.actor, command))
    .flatMap((command) => Object.keys(command.forms).filter((form) => !forms[form]?.destructive));
  const near = nearForms(text, { lexicon, offered: new Set(offered) })
    .flatMap((form) => commandOf(deps.commands, form)?.title ?? [])
    .map((title) => ({ title, command: title }));
  const customers = (await nearCustomers(text, candidates)).map(({ id, name }) => ({
    title: name,
    command: 'customer',
    args: { customerId: id },
  }));
  const choices = [...unique(near), ...customers].slice(0, MOST);
  const [title, says] = choices.length > 0 ? ['Did you mean …?', NEAR] : ['I didn’t understand that', NONE];
  turn.say({ card: offerCard({ title, text: says, choices, buttons: [HELP] }) });
}

const NEAR = 'I don’t know that one. These come nearest:';
const NONE = 'Type a command, such as “customers”, or a customer’s name.';

const unique = <Button extends { command: string }>(buttons: Button[]): Button[] => [
  ...new Map(buttons.map((button) => [button.command, button])).values(),
];
