import { heardByAll } from '../../access/hearing';
import type { AppDeps } from '../../appDeps';
import { withoutMentions } from '../../channel/spokenText';
import type { Turn } from '../../turns/turn';
import { type Found, find, findCommand, findLoosely } from '../../understanding/find';
import { home } from '../home';
import { commandOf, knownIn } from './known';
import { offerNear } from './offerNear';
import { runCommand } from './runCommand';

/** Longer than any expected answer. */
const LONGEST = 500;

/** Routes typed text: to a command, to the open step, or to a suggestion of similar commands. */
export async function routeText(turn: Turn, typed: string, deps: AppDeps): Promise<void> {
  const text = typed.trim();
  await deps.dialogs.tidy(turn.context);
  const open = deps.dialogs.open(turn.context);
  if (!text && !open) return home.run(turn, {}, deps);
  if (!text) return askAgain(turn, deps);
  if (text.length > LONGEST)
    return turn.say({
      text: 'That is longer than I can read. Please put it in a few words, or type “help”.',
    });
  const found = await foundIn(text, open, turn, deps);
  const command = found && commandOf(deps.commands, found.form);
  if (found && command) return runCommand(turn, command, { found, said: text }, deps);
  if (open) return answerInWords(turn, withoutMentions(text), deps);
  await offerNear(turn, text, deps);
}

/** While a dialog is open, a text that only may be a command is its answer. */
async function foundIn(
  text: string,
  open: { takesText: boolean } | undefined,
  turn: Turn,
  deps: AppDeps,
): Promise<Found | undefined> {
  const known = knownIn(turn, deps);
  if (!open) return (await find(text, known)) ?? findLoosely(text, known);
  const found = await findCommand(text, known);
  if (!open.takesText) return found ?? findLoosely(text, known);
  return found && !known.forms[found.form]?.talk ? found : undefined;
}

/** An open step may name a customer. */
async function askAgain(turn: Turn, deps: AppDeps): Promise<void> {
  await heardByAll(turn, deps, undefined);
  await deps.dialogs.askAgain(turn.context);
}

async function answerInWords(turn: Turn, text: string, deps: AppDeps): Promise<void> {
  await heardByAll(turn, deps, undefined);
  const open = deps.dialogs.open(turn.context);
  if (open) turn.ran = open.id;
  if (open?.takesText) {
    turn.incoming = { kind: 'text', text };
    return deps.dialogs.answer(turn.context);
  }
  turn.say({ text: 'Please answer on the card, or type “cancel” to leave it.' });
  return deps.dialogs.askAgain(turn.context);
}
