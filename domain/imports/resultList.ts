import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { ImportPage, ImportRow, ImportRun } from './importRun';
import { storedPages } from './reading/storedPages';

/** Says in words what became of one organization. */
export interface ResultRow {
  name: string;
  organizationId: string;
  outcome: string;
  reason: string;
  customerName: string;
}

/** What became of every organization that an import met; reads one stored page after another. */
export async function* resultList(
  deps: Needs<'importPages'>,
  run: Stored<ImportRun>,
): AsyncGenerator<ResultRow[]> {
  for await (const { value } of storedPages(deps.stores.importPages, run.id, run.value.pagesRead))
    yield [...value.rows.map(resultOf), ...value.bad.map(badOf)];
}

function resultOf({ organization, group, result, customerName = '' }: ImportRow): ResultRow {
  const row = { name: organization.name, organizationId: organization.id };
  if (result) {
    const { outcome, reason = '', customerName: customer = '' } = result;
    return { ...row, outcome, reason, customerName: customer };
  }
  if (group === 'linked')
    return { ...row, outcome: 'linked before', reason: 'It was linked already.', customerName };
  return { ...row, outcome: 'not done', reason: 'The import ended before it.', customerName: '' };
}

const badOf = ({ id, why }: ImportPage['bad'][number]): ResultRow => ({
  name: '',
  organizationId: id,
  outcome: 'not read',
  reason: why,
  customerName: '',
});
