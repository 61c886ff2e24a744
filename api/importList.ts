import { z } from 'zod';
import { KeyturnError, notFound, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import type { ImportRun } from '../domain/imports/importRun';
import { type ListLinkDeps, openListLink } from '../domain/imports/listLink';
import { type ResultRow, resultList } from '../domain/imports/resultList';
import type { Log, Stored } from '../domain/ports';
import type { Stores } from '../domain/stores/stores';
import { BYTE_ORDER_MARK, csvLine } from './csv';
import { ERROR_STATUS } from './errorStatus';
import { escaped, htmlPage, securityHeaders } from './html';

export interface ImportListDeps extends ListLinkDeps, Pick<Stores, 'importPages'> {
  log: Log;
}

export const IMPORT_LIST_PATH = '/imports/list';
const linkSchema = z.object({ h: z.string().min(20).max(100) });
const HEADINGS = ['Organization', 'Upstream id', 'Outcome', 'Reason', 'Customer'];

/** The address of the button for a handle. */
export const importListLink = (publicUrl: string, handle: string): string =>
  `${publicUrl}${IMPORT_LIST_PATH}?h=${encodeURIComponent(handle)}`;

/** What became of every organization of an import, as a CSV file for who has the link. */
export const createImportListEndpoints = (deps: ImportListDeps): Endpoint[] => [
  {
    method: 'GET',
    path: IMPORT_LIST_PATH,
    auth: 'open',
    handle: (request) => list(deps, request).catch((error) => failed(deps, request, error)),
  },
];

async function list(deps: ImportListDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const parsed = linkSchema.safeParse(query);
  if (!parsed.success) throw notFound('This link is not whole. Choose “Get the list” on the import’s card.');
  const run = await openListLink(deps, parsed.data.h);
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

/** A known error is its sentence; of an unknown one the browser learns a reference alone. */
function failed(deps: ImportListDeps, { requestId, path }: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof KeyturnError) return listRefusal(ERROR_STATUS[error.code], error.sentence);
  deps.log.error({ requestId, path, err: error }, 'the list of an import failed');
  const wait = error instanceof StoreUnavailable ? 'Wait a minute, then try' : 'Try';
  return listRefusal(500, `Something went wrong. ${wait} again. Reference: ${requestId}.`);
}

export function listRefusal(status: number, sentence: string): HttpResponse {
  const title = 'No list can be downloaded here';
  const main = `<main>\n<h1>${title}</h1>\n<p>${escaped(sentence)}</p>\n</main>`;
  return htmlPage({ status, title, main });
}
