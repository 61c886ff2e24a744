/** The version of the agent's program, as every beat tells it to the bot; the same as in package.json. */
export const VERSION = '0.1.0';
