import { nameKeyOf } from '../customers/customerName';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { isPending } from './goneUpstream';
import type { ImportRun } from './importRun';
import { storedPages } from './reading/storedPages';

/**
 * The name that two organizations in conflict would both get as customers; undefined when there is none. Only
 * organizations in conflict can have the same name.
 */
export async function clashOf(
  deps: Needs<'importPages'>,
  run: Stored<ImportRun>,
): Promise<string | undefined> {
  const names = new Set<string>();
  for await (const { value } of storedPages(deps.stores.importPages, run.id, run.value.pagesRead))
    for (const row of value.rows) {
      if (row.group !== 'conflict' || row.choice !== 'create' || !isPending(row)) continue;
      const key = nameKeyOf(row.organization.name);
      if (names.has(key)) return row.organization.name;
      names.add(key);
    }
  return undefined;
}
