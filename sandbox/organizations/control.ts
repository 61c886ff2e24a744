import type { FaultTarget, Hold, VendorFault } from './faults';
import type { SandboxOrganization } from './organization';
import type { Endless } from './paging';
import type { LimitRule } from './requestLimit';
import type { KeyRights, RecordedRequest, VendorWorld } from './vendorWorld';

/** Hands on the account behind a stand-in, for tests. Organizations are named by their id as text. */
export interface OrganizationControl {
  /** In the order in which they are listed. */
  organizations(): readonly SandboxOrganization[];
  /** Returns the new id; at the end of the list unless `at` (from 0) says where. */
  insert(organization: Partial<Omit<SandboxOrganization, 'id'>>, at?: number): string;
  remove(id: string): void;
  rename(id: string, name: string): void;
  /** Hudu: archived, hidden from the list. IT Glue: the status becomes Inactive. */
  archive(id: string, archived?: boolean): void;
  /** The first is gone, the second stays. */
  merge(id: string, into: string): void;
  /** Lists an organization twice, with one id; the second time at the end unless `at` says where. */
  duplicate(id: string, at?: number): void;
  /** Writes these fields over the row as the API shows it, e.g. `{ name: 7 }`; undefined leaves one out. */
  damage(id: string, fields: Record<string, unknown>): void;
  /** Runs `change` once, right after page `number` of the list was answered. */
  afterPage(number: number, change: () => void): void;
  /** Paging without an end; without an argument as usual. */
  pageEndlessly(how?: Endless): void;
  failNext(fault: VendorFault, target?: FaultTarget): void;
  /** The next call waits until it is released. */
  holdNext(target?: Pick<FaultTarget, 'path'>): Hold;
  /** Forgets planned faults and releases held calls. */
  clearFaults(): void;
  setLatency(ms: number): void;
  /** Begins to count anew. */
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
