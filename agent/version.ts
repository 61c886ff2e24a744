/** Of the agent's program, as the bot is told with every beat; the same as in package.json. */
export const VERSION = '0.1.0';
