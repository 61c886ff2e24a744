import type { HttpRequest, HttpResponse } from '../domain/http';
import { importListLink, type ListLinkDeps, openListLink } from '../domain/imports/importListLink';
import type { ImportRun } from '../domain/imports/importRun';
import { type ResultRow, resultList } from '../domain/imports/resultList';
import type { Stored } from '../domain/ports';
import type { Needs } from '../domain/stores/core';
import { BYTE_ORDER_MARK, csvLine } from './csv';
import { securityHeaders } from './html';
import { checked, endpointsOf, handleSchema, type LinkPage } from './page';
import { refusedPage } from './pages';

export type ImportListDeps = ListLinkDeps & Needs<'importPages', 'log'>;

const NOT_WHOLE = 'This link is not whole. Choose “Get the list” on the import’s card.';
const face = { refusal: refusedPage('No list can be downloaded here') };
const HEADINGS = ['Organization', 'Upstream id', 'Outcome', 'Reason', 'Customer'];

/** A CSV file of what became of every organization of an import, for the owner of the link. */
export const createImportListPage = (deps: ImportListDeps): LinkPage => ({
  policy: importListLink,
  title: 'The list of an import',
  face,
  endpoints: [endpointsOf(deps, face).get(importListLink.path, (request) => list(deps, request))],
});

async function list(deps: ImportListDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const run = await openListLink(deps, checked(handleSchema, query, NOT_WHOLE).h);
  const day = new Date(run.value.finishedAt ?? run.value.startedAt).toISOString().slice(0, 10);
  return {
    status: 200,
    headers: {
      ...securityHeaders({}),
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="keyturn-import-${day}.csv"`,
    },
    body: csvOf(deps, run),
  };
}

async function* csvOf(deps: ImportListDeps, run: Stored<ImportRun>): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${csvLine(HEADINGS)}`;
  for await (const rows of resultList(deps, run)) yield rows.map(lineOf).join('');
}

const lineOf = ({ name, organizationId, outcome, reason, customerName }: ResultRow): string =>
  csvLine([name, organizationId, outcome, reason, customerName]);
