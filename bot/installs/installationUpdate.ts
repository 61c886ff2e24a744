import { home } from '../commands/home';
import type { ChannelEvent } from './event';
import { keepReference } from './references';

/**
 * Installed or upgraded, by somebody with a role: greets once. Teams repeats this event. A removal does not
 * come here: nobody is asked who they are.
 */
export const installationUpdate: ChannelEvent = {
  type: 'installationUpdate',
  async handle(turn, deps) {
    const { greet } = await keepReference(turn, deps);
    if (greet) await home.run(turn, { text: '' }, deps);
  },
};
