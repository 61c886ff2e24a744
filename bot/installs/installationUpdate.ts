import { home } from '../commands/home';
import type { ChannelEvent } from './event';
import { keepReference } from './references';

/**
 * Somebody with a role installed or upgraded the bot: it greets once. Teams repeats this event. A removal
 * takes another way, because nobody checks who removes the bot.
 */
export const installationUpdate: ChannelEvent = {
  type: 'installationUpdate',
  async handle(turn, deps) {
    const { greet } = await keepReference(turn, deps);
    if (greet) await home.run(turn, { text: '' }, deps);
  },
};
