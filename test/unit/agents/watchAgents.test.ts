import { OFFLINE_AFTER_MS } from '../../../domain/agents/agent';
import { createAgentWatch } from '../../../domain/agents/watchAgents';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';
import { samples } from '../../helpers/store/storeSamples';

test('an agent whose silence cannot be noted does not hold up the others; the error is thrown', async () => {
  const clock = new TestClock();
  const stores = memoryStores(clock);
  const silent = { state: 'online', lastBeatAt: clock.now() } as const;
  for (const n of [1, 2, 3])
    await stores.agents.insert(`agent-${n}`, { ...samples.agents.make(n), ...silent });
  const { replace } = stores.agents;
  const failing: typeof replace = async (current, value) => {
    if (current.id === 'agent-1') throw new TypeError('unreadable');
    return replace.call(stores.agents, current, value);
  };
  Object.assign(stores.agents, { replace: failing });
  const watch = createAgentWatch({ stores, clock });
  const lastRound = clock.now() + OFFLINE_AFTER_MS;
  for (; clock.now() < lastRound; clock.advance(30_000)) await watch();
  await expect(watch()).rejects.toThrow('unreadable');
  const states = (await stores.agents.list({ limit: 9 })).items.map(({ value }) => value.state);
  expect(states).toEqual(['online', 'offline', 'offline']);
});
