import { home } from '../commands/home';
import type { ChannelEvent } from './event';
import { keepReference } from './references';

/** Installed or removed, by somebody with a role: greets once. Teams repeats this event, and sends it again after an upgrade. */
export const installationUpdate: ChannelEvent = {
  type: 'installationUpdate',
  async handle(turn, deps) {
    const installed = turn.context.activity.action?.startsWith('add') ?? false;
    const { greet } = await keepReference(turn, deps, { installed });
    if (greet) await home.run(turn, { text: '' }, deps);
  },
};
