import { helpCard } from '../../cards/help';
import { command, noArgs } from './command';

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
    const may = deps.commands.filter(
      ({ listed, permission }) => listed && (!permission || turn.actor.permissions.has(permission)),
    );
    turn.say({
      card: helpCard({
        commands: may.map(({ title, description, example }) => ({
          title,
          command: title,
          says: description,
          example,
        })),
      }),
    });
  },
});
