import { home } from '../commands/home';
import type { ChannelEvent } from './event';
import { keepReference } from './references';

/** The bot came into a conversation: the same as being installed, for channels that tell it this way. */
export const conversationUpdate: ChannelEvent = {
  type: 'conversationUpdate',
  async handle(turn, deps) {
    if (turn.envelope.bot !== 'installed') return;
    const { greet } = await keepReference(turn, deps);
    if (greet) await home.run(turn, { text: '' }, deps);
  },
};
