import type { FaultTarget, Hold, VendorFault } from './faults';
import type { SandboxOrganization } from './organization';
import type { Endless } from './paging';
import type { LimitRule } from './requestLimit';
import type { KeyRights, RecordedRequest, VendorWorld } from './vendorWorld';

/** Lets tests change the account behind a stand-in. Organizations are named by their id as text. */
export interface OrganizationControl {
  /** In the order of the list. */
  organizations(): readonly SandboxOrganization[];
  /** Returns the new id. The organization goes to the end of the list, or to `at` (from 0). */
  insert(organization: Partial<Omit<SandboxOrganization, 'id'>>, at?: number): string;
  remove(id: string): void;
  rename(id: string, name: string): void;
  /** Hudu: archived, hidden from the list. IT Glue: the status becomes Inactive. */
  archive(id: string, archived?: boolean): void;
  /** The first is removed, the second stays. */
  merge(id: string, into: string): void;
  /** Lists an organization a second time, with the same id: at the end, or at `at`. */
  duplicate(id: string, at?: number): void;
  /** Overwrites these fields of the row in the API, e.g. `{ name: 7 }`; undefined leaves one out. */
  damage(id: string, fields: Record<string, unknown>): void;
  /** Runs `change` once, right after the answer with page `number` of the list. */
  afterPage(number: number, change: () => void): void;
  /** Makes the list endless; without an argument, as usual again. */
  pageEndlessly(how?: Endless): void;
  failNext(fault: VendorFault, target?: FaultTarget): void;
  /** The next call waits until it is released. */
  holdNext(target?: Pick<FaultTarget, 'path'>): Hold;
  /** Drops planned faults and releases held calls. */
  clearFaults(): void;
  setLatency(ms: number): void;
  /** Sets a new limit and restarts the count. */
  setLimit(rule: LimitRule): void;
  /** Throws for a key that the sandbox does not have. */
  setRights(key: string, rights: KeyRights): void;
  requests(): readonly RecordedRequest[];
  clearRequests(): void;
}

/** A test named a key that the sandbox does not have. */
class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
}

export function makeControl(
  world: VendorWorld,
  keys: readonly { key: string; rights: KeyRights }[],
): OrganizationControl {
  const { list, faults } = world;
  return {
    organizations: list.all,
    insert: list.insert,
    remove: list.remove,
    rename: (id, name) => list.change(id, { name }),
    archive: (id, archived = true) => list.change(id, { archived, status: archived ? 'Inactive' : 'Active' }),
    merge(id, into) {
      list.change(into, {});
      list.remove(id);
    },
    duplicate: list.duplicate,
    damage: (id, damage) => list.change(id, { damage }),
    afterPage: (number, change) => world.afterPage.set(number, change),
    pageEndlessly(how) {
      world.endless = how;
    },
    failNext: faults.failNext,
    holdNext: faults.holdNext,
    clearFaults: faults.clear,
    setLatency(ms) {
      world.latencyMs = ms;
    },
    setLimit: world.limit.setRule,
    setRights(key, rights) {
      const known = keys.find((one) => one.key === key);
      if (!known) throw new UnknownKey();
      known.rights = rights;
    },
    requests: () => [...world.recorded],
    clearRequests() {
      world.recorded.length = 0;
    },
  };
}
