import { conversationUpdate } from './conversationUpdate';
import type { ChannelEvent } from './event';
import { installationUpdate } from './installationUpdate';

/** Every channel event that the bot handles; it answers the others with 200 and ignores them. */
export const events: readonly ChannelEvent[] = [installationUpdate, conversationUpdate];
