import type { Stored } from '../../../domain/ports';
import type { StorageWorld as Database, WorldKind } from '../store/storageWorlds';
import type { Bot } from './bot';
import type { Conversation, Seat, Who } from './seat';
import { openSite, type Site } from './site';

export interface World {
  site: Site;
  bot: Bot;
  seat(who: Who, conversation?: Conversation): Seat;
  /**
   * Everything that a turn may change except conversations, references and refusals: equal when a turn did
   * nothing.
   */
  changes(): Promise<unknown>;
  /** The settings of a database of the given kind. */
  bytes(): Promise<number>;
}

/**
 * Makes a new site with one instance before each test and closes it afterwards; its database is a new one of
 * this kind.
 */
export function useSite(kind?: WorldKind): World {
  const world = {} as World;
  let database: Database | undefined;
  beforeEach(async () => {
    database = await kind?.make();
    const site = await openSite(database?.config);
    const bot = await site.start();
    const seat = (who: Who, conversation?: Conversation) => site.seat(bot, who, conversation);
    const bytes = async () => (await database?.bytes()) ?? 0;
    Object.assign(world, { site, bot, seat, bytes, changes: () => changesOf(bot) });
  });
  afterEach(async () => {
    await world.site.close();
    await database?.close();
  });
  return world;
}

async function changesOf({ stores }: Bot): Promise<Record<string, Stored<unknown>[]>> {
  const {
    customers,
    people,
    jobs,
    oneTimeLinks,
    audit,
    integrations,
    links,
    importRuns,
    subscriptions,
    events,
  } = stores;
  const all = { limit: 1000 };
  const noted = (await audit.list(all)).items.filter(({ value }) => value.action !== 'access.refused');
  return {
    customers: (await customers.list(all)).items,
    people: (await people.list(all)).items,
    jobs: (await jobs.list(all)).items,
    oneTimeLinks: (await oneTimeLinks.list(all)).items,
    integrations: (await integrations.list(all)).items,
    links: (await links.list(all)).items,
    importRuns: (await importRuns.list(all)).items,
    subscriptions: (await subscriptions.list(all)).items,
    events: (await events.list(all)).items,
    audit: noted,
  };
}
