import { expectRefused, machine, reset, type ServingWorld, servingWorld } from './servingWorld';

export type Enrolled = Awaited<ReturnType<ServingWorld['enrolled']>>;

/** Serves a new world before each test and stops it afterwards. */
export function useServing(): ServingWorld {
  const world = {} as ServingWorld;
  beforeEach(async () => {
    Object.assign(world, await servingWorld());
  });
  afterEach(() => world.bot.stop());
  return world;
}

/** Enrols an agent on this machine before each test. */
export function useAgent(world: ServingWorld, of = machine()): Enrolled {
  const agent = {} as Enrolled;
  beforeEach(async () => {
    Object.assign(agent, await world.enrolled(of));
  });
  return agent;
}

export const STREAM = '11111111-0000-4000-8000-000000000000';

/** An agent that tells events, and the events as the bot has them. */
export function useTellingAgent() {
  const world = useServing();
  const agent = useAgent(world);
  return {
    world,
    agent,
    now: () => world.clock.now(),
    send: (events: object[], stream = STREAM, of: Enrolled = agent) => of.asks.events({ stream, events }),
    told: async () =>
      (await world.stores.events.list({ limit: 1000, sort: { key: 'at' } })).items.map(({ value }) => value),
  };
}

/** Is in each body, and must not be in the log. */
export const SECRET = 'Secretname';

/** An agent whose requests are refused. */
export function useRefusedAgent() {
  const world = useServing();
  const agent = useAgent(world);
  return {
    world,
    agent,
    batch: () => ({ stream: STREAM, events: [reset(1, world.clock.now())] }),
    refused: (
      work: () => Promise<{ status: number; body: unknown }>,
      status: number,
      error: string,
      more: object = {},
    ) => expectRefused(world, work, { status, error, ...more }, SECRET),
  };
}

type Written = 'installTokens' | 'jobs' | 'agents' | 'customers';

/** The bot dies right after the next write into this collection. Returns what undoes it. */
export function diesAfterWriting(world: ServingWorld, collection: Written): () => void {
  const store = world.bot.deps.stores[collection];
  const { replace, insert } = store;
  const undo = () => void Object.assign(store, { replace, insert });
  const dies =
    // biome-ignore lint/suspicious/noExplicitAny: writes of any collection.
      (write: (...args: any[]) => Promise<any>) =>
      async (...args: unknown[]) => {
        await write.apply(store, args);
        undo();
        throw new TypeError('killed');
      };
  Object.assign(store, { replace: dies(replace), insert: dies(insert) });
  return undo;
}
