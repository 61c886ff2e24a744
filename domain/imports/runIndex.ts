import { type Likely, likelySame, type NameIndex, nameIndex } from '../organizations/match';
import type { NameShape } from '../organizations/nameShape';
import type { Needs } from '../stores/core';
import { type Claims, noClaims, noteClaim } from './claims';
import { countsOf } from './counts';
import type { Counts } from './importRun';
import { eachInTurn } from './reading/pause';
import { everything, storedPages } from './reading/storedPages';

/**
 * What an organization is compared with during reading; a run builds it once and keeps it while it
 * reads its pages.
 */
export interface RunIndex {
  /** The ids on the pages that the run has read. */
  seen: Set<string>;
  /** Active customer by organization, and organization by customer, of this integration. */
  customerOf: Map<string, string>;
  organizationOf: Map<string, string>;
  /** Active customers by id. */
  names: Map<string, string>;
  likely(name: NameShape): Likely[];
  /**
   * What the rows of the pages read so far claim, and how many rows of each group there are, page by page.
   */
  claims: Claims;
  counts: Map<number, Counts>;
}

/** Covers the run's first `pagesRead` pages. A page that a dying instance wrote after those is read again. */
export async function loadIndex(
  { stores }: Needs<'customers' | 'links' | 'importPages'>,
  run: { id: string; integrationId: string; pagesRead: number },
): Promise<RunIndex> {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  const customerOf = new Map<string, string>();
  const organizationOf = new Map<string, string>();
  const claims = noClaims();
  const counts = new Map<number, Counts>();
  for await (const { id, value } of everything(stores.customers, { status: 'active' }))
    names.set(id, value.name);
  for await (const { value } of everything(stores.links, { integrationId: run.integrationId })) {
    if (!names.has(value.customerId)) continue;
    customerOf.set(value.organizationId, value.customerId);
    organizationOf.set(value.customerId, value.organizationId);
  }
  for await (const { value } of storedPages(stores.importPages, run.id, run.pagesRead)) {
    await eachInTurn(value.rows, (row) => {
      seen.add(row.organization.id);
      noteClaim(claims, row, value.number);
    });
    counts.set(value.number, countsOf(value.rows));
  }
  const byName = await indexInTurn([...names].map(([id, name]) => ({ id, name })));
  const likely = (name: NameShape) => likelySame(name, byName);
  return { seen, customerOf, organizationOf, names, likely, claims, counts };
}

const NAMES_AT_ONCE = 250;

type Entries = NameIndex['byCore'] extends ReadonlyMap<string, infer E> ? E : never;

/** Builds the index of all names piece by piece: thousands of names do not block the process. */
async function indexInTurn(customers: readonly { id: string; name: string }[]): Promise<NameIndex> {
  const whole = { byCore: new Map<string, Entries>(), byKey: new Map<string, Entries>() };
  for (let from = 0; from < customers.length; from += NAMES_AT_ONCE) {
    const piece = nameIndex(customers.slice(from, from + NAMES_AT_ONCE));
    for (const part of ['byCore', 'byKey'] as const)
      for (const [key, entries] of piece[part])
        whole[part].set(key, [...(whole[part].get(key) ?? []), ...entries]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return whole;
}
