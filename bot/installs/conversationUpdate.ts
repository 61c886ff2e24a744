import { home } from '../commands/home';
import type { ChannelEvent } from './event';
import { keepReference } from './references';

/** The bot joined a conversation: the same as an installation, for channels that report it this way. */
export const conversationUpdate: ChannelEvent = {
  type: 'conversationUpdate',
  async handle(turn, deps) {
    if (turn.envelope.bot !== 'installed') return;
    const { greet } = await keepReference(turn, deps);
    if (greet) await home.run(turn, { text: '' }, deps);
  },
};
