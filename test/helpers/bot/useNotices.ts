import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { textOf } from '../botWorld/cardReader';
import { addsCustomer } from '../botWorld/customers';
import { useSite } from '../botWorld/useSite';
import { resetEvent } from './resetEvents';

/** A site with one customer, Contoso. Tess wants to be told everything about it; nothing was told yet. */
export function useNotices() {
  const world = useSite();
  let customerId = '';
  beforeEach(async () => {
    const tess = world.seat(world.site.tess);
    await tess.installs();
    customerId = await addsCustomer(tess, 'Contoso');
    await tess.says('notify');
    await tess.clicks(tess.card, 'Save');
    world.site.teams.messages.length = 0;
  });
  return {
    world,
    contoso: () => customerId,
    happened: async (...events: { id: string; value: CustomerEvent }[]) => {
      for (const { id, value } of events) await world.bot.stores.events.insert(id, value);
    },
    reset: (n: number, more: Parameters<typeof resetEvent>[3] = {}) =>
      resetEvent(customerId, n, world.site.clock.now(), more),
    cards: () => world.site.teams.messages.map(({ card }) => textOf(card)),
    dispatch: () => world.bot.notifications.run(),
  };
}
