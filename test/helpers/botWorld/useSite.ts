import type { Place, Seat, Who } from './seat';
import { type Bot, openSite, type Site } from './site';

export interface World {
  site: Site;
  bot: Bot;
  seat(who: Who, place?: Place): Seat;
}

/** A new site with one instance before each test, closed after it. */
export function useSite(): World {
  const world = {} as World;
  beforeEach(async () => {
    const site = await openSite();
    const bot = await site.start();
    Object.assign(world, { site, bot, seat: (who: Who, place?: Place) => site.seat(bot, who, place) });
  });
  afterEach(() => world.site.close());
  return world;
}
