import { command, noArgs } from './command';

/** Somebody is friendly: so is the bot. */
export const thanks = command({
  title: 'thanks',
  description: 'A friendly answer',
  example: 'thanks',
  permission: undefined,
  listed: false,
  audience: 'anywhere',
  duringDialog: true,
  forms: { thanks: { talk: true }, okay: { talk: true } },
  ...noArgs,
  run: async (turn) => turn.say({ text: 'You’re welcome. Type “help” to see what I can do.' }),
});
