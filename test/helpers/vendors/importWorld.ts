import type { Customer } from '../../../domain/customers/customer';
import { nameKeyOf } from '../../../domain/customers/customerName';
import { readNextPage } from '../../../domain/imports/reading/readNextPage';
import { loadIndex } from '../../../domain/imports/runIndex';
import { startImport } from '../../../domain/imports/startImport';
import type { Integration } from '../../../domain/integrations/integration';
import type { Organization } from '../../../domain/organizations/organization';
import type { OrganizationPage, OrganizationSource } from '../../../domain/organizations/ports';
import type { Stores } from '../../../domain/stores/stores';
import { actor } from '../cloud/signInWorld';
import { memoryStores, TestClock, TestRandom } from '../store/memoryStores';

/** A vendor's list that a test controls: its content, the size of its pages, and when it fails. */
export class FakeSource implements OrganizationSource {
  organizations: Organization[] = [];
  pageSize = 3;
  requests = 0;
  before: () => Promise<void> | void = () => undefined;
  turn: (page: OrganizationPage) => OrganizationPage = (page) => page;

  test = async (): Promise<string> => 'Fine.';
  page = async (token = '0'): Promise<OrganizationPage> => {
    this.requests++;
    await this.before();
    const from = Number(token);
    const end = from + this.pageSize;
    return this.turn({
      organizations: this.organizations.slice(from, end),
      bad: [],
      ...(end < this.organizations.length && { next: String(end) }),
      totalPages: Math.ceil(this.organizations.length / this.pageSize),
    });
  };
  one = async (id: string): Promise<Organization | undefined> => {
    await this.before();
    return this.organizations.find((each) => each.id === id);
  };
  search = async (text: string, limit: number): Promise<Organization[]> => {
    await this.before();
    return this.organizations
      .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
      .slice(0, limit);
  };
}

export const organization = (id: string, name: string, more: Partial<Organization> = {}): Organization => ({
  id,
  name,
  state: 'active',
  typeName: 'Customer',
  url: `https://docs.example.com/${id}`,
  ...more,
});

export const integrationOf = (name: string): Integration => ({
  kind: 'hudu',
  address: 'docs.example.com',
  name,
  key: { kid: 'k', jwe: 'sealed' },
  state: 'active',
  lastTest: { at: 0, ok: true, sentence: 'Fine.' },
  addedBy: { id: 'ada', name: 'Ada' },
  addedAt: 0,
  changedAt: 0,
});

export const customerOf = (id: string, name: string): Customer => ({
  id,
  name,
  nameKey: nameKeyOf(name),
  status: 'active',
  activeDirectory: { state: 'notChosen' },
  office365: { state: 'notChosen' },
  createdAt: 0,
  createdBy: { id: 'tess', name: 'tess' },
  createdByRequest: id,
  changedAt: 0,
});

/** Thrown at a chosen write. It stands for the death of the instance, with the write done or not. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** A world with one integration, whose deps can die at the n-th write. */
export async function importWorld() {
  const clock = new TestClock();
  const stores = memoryStores(clock);
  const source = new FakeSource();
  const deps = { stores, clock, random: new TestRandom() };
  await stores.integrations.insert('hudu', integrationOf('Hudu (docs.example.com)'));
  return { clock, stores, source, deps, tess: actor('tess'), tom: actor('tom') };
}

export type ImportWorld = Awaited<ReturnType<typeof importWorld>>;

/** The same deps, which die at write number `at` (from 0). With `after` the write itself still happens. */
export function mortal(
  world: ImportWorld,
  at: number,
  after: boolean,
): ImportWorld['deps'] & { writes(): number } {
  let writes = 0;
  const die = async <T>(write: () => Promise<T>): Promise<T> => {
    const now = writes++;
    if (now > at) throw new Died();
    if (now < at) return write();
    if (after) await write();
    throw new Died();
  };
  const wrap = <S extends object>(store: S): S =>
    new Proxy(store, {
      get(target, name) {
        const method = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const call = method.bind(target);
        return ['insert', 'replace', 'remove'].includes(String(name))
          ? (...args: unknown[]) => die(() => call(...args))
          : call;
      },
    });
  const stores = Object.fromEntries(
    Object.entries(world.stores).map(([name, store]) => [name, wrap(store)]),
  ) as unknown as Stores;
  return { ...world.deps, stores, writes: () => writes };
}

/**
 * Reads a run to its end like the background job: `index` counts the lives of the process, each of which
 * reads page after page.
 */
export async function readAll(world: ImportWorld, runId: string, deps = world.deps): Promise<void> {
  const first = await deps.stores.importRuns.get(runId);
  if (!first) throw new Error('no such run');
  const index = await loadIndex(deps, { ...first.value, id: runId });
  for (let run = first; run.value.state === 'reading'; )
    run = await readNextPage(deps, world.source, index, runId);
}

/** A run that is ready for its review. */
export async function reviewable(world: ImportWorld): Promise<string> {
  const { run } = await startImport(world.deps, world.tess, { integrationId: 'hudu', requestId: 'start' });
  await readAll(world, run.id);
  return run.id;
}
