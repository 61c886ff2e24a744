import { helpCard } from '../../cards/help';
import { command, mayRun, noArgs } from './command';

export const help = command({
  title: 'help',
  also: ['commands', 'what can you do', '?'],
  description: 'What I can do for you, and how to say it',
  example: 'help',
  permission: undefined,
  listed: true,
  audience: 'anywhere',
  duringDialog: true,
  wordless: true,
  ...noArgs,
  async run(turn, _args, deps) {
    const listed = deps.commands.filter((each) => each.listed && mayRun(turn.actor, each));
    const commands = listed.map(({ title, description: says, example }) => ({
      title,
      command: title,
      says,
      example,
    }));
    turn.say({ card: helpCard({ commands }) });
  },
});
