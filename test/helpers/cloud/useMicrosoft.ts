import { type MicrosoftWorld, openMicrosoftWorld } from './microsoftWorld';

export const FABRIKAM = 'b2d8e1a3-4c75-4f1b-8b68-1e7d2c3f5a02';
export const NORTHWIND = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';
export const NANCY = 'nancy.davolio@northwindtraders.example';
export const EVENTUAL = { consistencylevel: 'eventual' };

/** Opens Microsoft's stand-in before each test, on a morning in November, and closes it afterwards. */
export function useMicrosoft() {
  const world = {} as MicrosoftWorld & { close(): Promise<void> };
  let now = 0;
  const clock = {
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
  };
  beforeEach(async () => {
    now = Date.parse('2026-11-23T08:00:00Z');
    Object.assign(world, await openMicrosoftWorld({ clock }));
  });
  afterEach(() => world.close());
  return {
    world,
    clock,
    codeOf: async (username: string, query = {}) => (await world.signIn(username, query)).get('code') ?? '',
  };
}

/** Fabrikam has consented; `ask` asks Graph about it. */
export function useFabrikam() {
  const { world, clock } = useMicrosoft();
  beforeEach(() => world.control.grantConsent(FABRIKAM));
  const tokenOf = async (tenant: string): Promise<string> =>
    (await world.appToken(tenant)).json().access_token;
  return {
    world,
    clock,
    tokenOf,
    ask: async (path: string, headers = {}) => world.graph(await tokenOf(FABRIKAM), path, headers),
  };
}
