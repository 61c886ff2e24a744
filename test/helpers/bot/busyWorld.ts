import { pageIdOf } from '../../../domain/imports/importRun';
import type { Core } from '../../../domain/stores/core';
import type { Stores } from '../../../domain/stores/stores';
import { actor } from '../cloud/signInWorld';
import { contended } from '../store/contendedStore';
import { memoryStores, TestClock, TestRandom } from '../store/memoryStores';
import { NOW } from '../store/storeSample';
import { samples } from '../store/storeSamples';

export const CUSTOMER = 'customer-00001';
export const admin = { ...actor('person-1', 'admin'), id: 'person-1' };
const clock = new TestClock(NOW);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The world of each case: one document of every collection, and one collection where somebody else is always
 * faster.
 */
async function busyWorld(name: keyof Stores) {
  const stores = memoryStores(clock);
  for (const [each, sample] of Object.entries(samples)) {
    const store = stores[each as keyof Stores] as { insert(id: string, value: unknown): Promise<unknown> };
    await store.insert(idOf(each), sample.make(1));
  }
  const busy = contended(stores[name]);
  const deps: Deps = { stores: { ...stores, [name]: busy }, clock, log, random: new TestRandom() };
  return { deps, busy };
}

type Deps = Core & { clock: TestClock };

const idOf = (name: string): string =>
  name === 'customers' ? CUSTOMER : name === 'importPages' ? pageIdOf('run-00001', 1) : 'x';

export async function the<T>(store: { get(id: string): Promise<T | undefined> }, id = 'x'): Promise<T> {
  const found = await store.get(id);
  if (!found) throw new TypeError('no such sample');
  return found;
}

export async function edited<T>(
  store: { get(id: string): Promise<{ value: T } | undefined> },
  edit: (value: T) => T,
) {
  return edit((await the(store)).value);
}

export const admitted = async (deps: Deps) => ({
  agent: await the(deps.stores.agents),
  customer: await the(deps.stores.customers, CUSTOMER),
});

export type Case = [what: string, name: keyof Stores, run: (deps: Deps) => Promise<unknown>];

/** Runs a use case that changes a record while others are always faster, and expects the conflict. */
export async function endsWithConflict(name: keyof Stores, run: (deps: Deps) => Promise<unknown>) {
  const { deps, busy } = await busyWorld(name);
  const error = await run(deps).then(
    () => 'it ended as if nothing had happened',
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: expect.stringMatching(/^(conflict|tryLater)$/) });
  return busy.conflicts();
}
