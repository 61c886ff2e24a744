import { didYouMeanCard } from '../../../cards/didYouMean';
import { heardByAll } from '../../access/hearing';
import type { AppDeps, Command } from '../../appDeps';
import { withoutMentions } from '../../channel/spokenText';
import type { Turn } from '../../turns/turn';
import { home } from '../home';
import { matchCommand, nearestCommands } from './matchCommand';
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
  const match = matchCommand(deps.commands, text);
  const answers = open?.takesText && match?.rest && match.command.wordless;
  if (match && !answers) return runCommand(turn, match.command, { text: restOf(match) }, deps);
  if (open) return answerInWords(turn, withoutMentions(text), deps);
  const nearest = nearestCommands(deps.commands, text, turn.actor).map(({ title }) => ({
    title,
    command: title,
  }));
  turn.say({ card: didYouMeanCard({ nearest }) });
}

const restOf = ({ command, rest }: { command: Command; rest: string }): string =>
  command.readsMentions ? rest : withoutMentions(rest);

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
