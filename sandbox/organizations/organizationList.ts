import type { Clock } from '../../domain/ports';
import { complete } from './makeOrganizations';
import type { SandboxOrganization } from './organization';

/** A test named an organization that the sandbox does not have. */
class UnknownOrganization extends Error {
  override readonly name = 'UnknownOrganization';
}

/** The companies of the account, which may change while they are read. Ids are text, as in the product. */
export interface OrganizationList {
  all(): readonly SandboxOrganization[];
  find(id: string): SandboxOrganization | undefined;
  /** Returns the new id. The organization goes to the end of the list, or to `at` (from 0). */
  insert(draft: Partial<Omit<SandboxOrganization, 'id'>>, at?: number): string;
  change(id: string, changed: Partial<Omit<SandboxOrganization, 'id'>>): void;
  remove(id: string): void;
  /** Lists the same organization, with the same id, once more: at the end, or at `at`. */
  duplicate(id: string, at?: number): void;
}

export function makeOrganizationList(begin: SandboxOrganization[], clock: Clock): OrganizationList {
  let list = [...begin];
  let last = Math.max(0, ...list.map(({ id }) => id));
  const find = (id: string) => list.find((one) => String(one.id) === id);
  const known = (id: string) => {
    const found = find(id);
    if (!found) throw new UnknownOrganization(id);
    return found;
  };
  const put = (one: SandboxOrganization, at = list.length) => {
    list = [...list.slice(0, at), one, ...list.slice(at)];
  };
  return {
    all: () => list,
    find,
    insert(draft, at) {
      last += 1;
      put({ ...complete({ name: `Organization ${last}`, ...draft }, last), id: last }, at);
      return String(last);
    },
    change(id, changed) {
      const before = known(id);
      const after = { ...before, updatedAt: new Date(clock.now()).toISOString(), ...changed };
      list = list.map((one) => (one.id === before.id ? after : one));
    },
    remove(id) {
      const gone = known(id);
      list = list.filter((one) => one.id !== gone.id);
    },
    duplicate: (id, at) => put(known(id), at),
  };
}
