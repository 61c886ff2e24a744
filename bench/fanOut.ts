import { join } from 'node:path';
import type { CustomerEvent } from '../domain/events/customerEvent';
import { openStorage } from '../storage/openStorage';
import { BenchFault } from './benchFault';
import { type Figure, result } from './measure/result';
import { type Started, startServer } from './stage/processes';
import { startProduct } from './stage/product';
import { atOnce, seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';
import { subscribe } from './stage/subscribe';
import { startTeams, type Teams } from './stage/teams';

/** So many conversations that a fan-out at Teams' pace takes more than ten seconds. */
const LIMITED = 600;
const UNLIMITED = 5_000;
const TEAMS_PER_SECOND = 50;
const PATIENCE_MS = 60_000;
const CUSTOMER = 'customer-0';

/**
 * Sends one notice to many conversations, through the adapter and by HTTP: within Teams' limits, which a
 * stand-in enforces, by one instance and by two on one store; and without limits, as fast as one core goes.
 */
export async function measureFanOut(folder: string, keep: Keep): Promise<Figure[]> {
  const teams = await keep(startTeams());
  const results = [
    ...(await withinLimits(folder, teams, keep)),
    ...(await asFastAsItGoes(folder, teams, keep)),
  ];
  await teams.stop();
  return results;
}

async function withinLimits(folder: string, teams: Teams, keep: Keep): Promise<Figure[]> {
  const site = await openSite(join(folder, 'limited'), teams.url, LIMITED);
  const results: Figure[] = [];
  const running: Started[] = [];
  for (const [name, kind] of [
    ['one instance', 'agentOffline'],
    ['two instances on one store', 'agentBack'],
  ] as const) {
    running.push(await keep(startProduct(site.storage, { firstCore: running.length === 0 })));
    await teams.begin(true);
    await site.happens(kind);
    const { times, refused } = await delivered(teams, LIMITED);
    const share = (perSecond(times) / TEAMS_PER_SECOND) * 100;
    results.push(
      result(`notice to ${LIMITED} conversations, ${name}: used of Teams’ 50/s`, share, '%', { atLeast: 95 }),
      result(`notice to ${LIMITED} conversations, ${name}: refused with 429`, refused, 'sends', {
        atMost: 0,
      }),
    );
  }
  for (const server of running) await server.stop();
  await site.close();
  return results;
}

async function asFastAsItGoes(folder: string, teams: Teams, keep: Keep): Promise<Figure[]> {
  const site = await openSite(join(folder, 'unlimited'), teams.url, UNLIMITED);
  await teams.begin(false);
  const notifier = await keep(startServer('notifier', { firstCore: true, args: [site.storage.folder] }));
  await site.happens('agentOffline');
  const { times } = await delivered(teams, UNLIMITED);
  await notifier.stop();
  await site.close();
  const name = `notice to ${UNLIMITED} conversations without Teams’ limit, one core`;
  return [result(name, perSecond(times), 'sends/s', { atLeast: 500 })];
}

/** Resolves when every conversation was told. Throws BenchFault unless each was told once. */
async function delivered(teams: Teams, conversations: number) {
  const taken = await teams.until(({ conversations: heard }) => heard >= conversations, PATIENCE_MS);
  if (taken.times.length !== conversations)
    throw new BenchFault(`${taken.conversations} conversations were told ${taken.times.length} times`);
  return taken;
}

const perSecond = (times: readonly number[]): number =>
  ((times.length - 1) * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));

/** A store with an MSP in which this many people want all notices, each in their own chat. */
async function openSite(folder: string, serviceUrl: string, people: number) {
  const storage = { kind: 'sqlite' as const, folder };
  await seed(storage, { customers: 1, people });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  await atOnce(people, (number) => subscribe(stores, number, serviceUrl));
  return {
    storage,
    close,
    async happens(kind: 'agentOffline' | 'agentBack') {
      const now = Date.now();
      const agent = { agentId: 'agent', agentName: 'DC1', waiting: 0 };
      const facts =
        kind === 'agentOffline'
          ? { kind, ...agent, since: now - 95_000 }
          : { kind, ...agent, offlineSince: now - 95_000 };
      const event: CustomerEvent = {
        customerId: CUSTOMER,
        at: now,
        toldAt: now,
        privileged: false,
        facts,
        dueAt: now,
      };
      await stores.events.insert(`${kind}|bench`, event);
    },
  };
}
