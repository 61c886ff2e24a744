import { conversationUpdate } from './conversationUpdate';
import type { ChannelEvent } from './event';
import { installationUpdate } from './installationUpdate';

/** Every channel event that means something here; the others are answered with 200 and left alone. */
export const events: readonly ChannelEvent[] = [installationUpdate, conversationUpdate];
