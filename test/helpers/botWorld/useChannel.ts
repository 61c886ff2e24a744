import { addsCustomer } from './customers';
import type { Conversation, Who } from './seat';
import { useSite, type World } from './useSite';

export const CHANNEL: Conversation = { id: '19:ops@thread.tacv2', kind: 'channel' };

/** A site with one customer, Northwind, and a channel that people join and leave. */
export function useChannel() {
  const world: World = useSite();
  const channel = { world, customerId: '', guest: {} as Who, comesIn, goes };
  beforeEach(async () => {
    const ada = world.seat(world.site.ada);
    await ada.installs();
    channel.customerId = await addsCustomer(ada, 'Northwind');
    channel.guest = world.site.person('Gus', { guest: true });
  });
  return channel;

  /** Teams reports it, unless `told` is false. */
  async function comesIn(who: Who, told = true): Promise<void> {
    world.site.teams.enters(CHANNEL.id, who.channelId);
    const membersAdded = [{ id: who.channelId, name: who.name }];
    if (told)
      await world.seat(world.site.ada, CHANNEL).does({ type: 'conversationUpdate', membersAdded } as never);
  }
  function goes(who: Who): void {
    world.site.teams.present.get(CHANNEL.id)?.delete(who.channelId);
  }
}
