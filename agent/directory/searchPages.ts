import {
  type Client,
  type Entry,
  FilterParser,
  PagedResultsControl,
  SearchRequest,
  type SearchResponse,
  StatusCodeParser,
} from 'ldapts';
import { DirectoryFault } from '../ports';

export interface PagedSearch {
  filter: string;
  attributes: string[];
  /** The attributes whose values are bytes. */
  binary: string[];
  pageSize: number;
}

/** The limits: ten million users, 1,000 pages without a user, half an hour of waiting for the server. */
const MOST_PAGES = 20_000;
const MOST_EMPTY = 1_000;
const MOST_MS = 30 * 60_000;

/**
 * Yields the entries below `base`, page by page, to the end. Only the server's cookie says whether more
 * follow: a page without an entry is not the end. The searchPaginated of ldapts takes it for the end and
 * silently loses the rest. A caller that gets to the end has read everything. Throws DirectoryFault
 * 'unreachable' when the pages do not end.
 */
export async function* searchPages(
  client: Client,
  base: string,
  search: PagedSearch,
): AsyncGenerator<Entry[]> {
  const { filter, attributes, binary: explicitBufferAttributes, pageSize: size } = search;
  const control = new PagedResultsControl({ value: { size }, critical: true });
  const request = new SearchRequest({
    messageId: -1,
    baseDN: base,
    scope: 'sub',
    filter: FilterParser.parseString(filter),
    attributes,
    explicitBufferAttributes,
    controls: [control],
  });
  let [pages, empty, waitedMs] = [0, 0, 0];
  for (let cookie: Buffer | undefined; ; ) {
    control.value = { size, ...(cookie && { cookie }) };
    const askedAt = performance.now();
    const answer = await send(client, request);
    waitedMs += performance.now() - askedAt;
    if (answer.searchEntries.length > 0)
      yield answer.searchEntries.map((entry) => entry.toObject(attributes, explicitBufferAttributes));
    cookie = cookieOf(answer);
    if (!cookie) return;
    pages += 1;
    empty = answer.searchEntries.length > 0 ? 0 : empty + 1;
    if (pages >= MOST_PAGES || empty >= MOST_EMPTY || waitedMs > MOST_MS) throw endless(pages);
  }
}

/** Only here does ldapts show the cookie of an answer; `client.search` drops it. */
async function send(client: Client, request: SearchRequest): Promise<SearchResponse> {
  // biome-ignore lint/complexity/useLiteralKeys: TypeScript allows a private member in brackets alone.
  request.messageId = client['_nextMessageId']();
  // biome-ignore lint/complexity/useLiteralKeys: as above; the types fail if ldapts removes the member.
  const answer: SearchResponse | undefined = await client['_send'](request);
  if (answer?.status !== 0) throw StatusCodeParser.parse(answer);
  return answer;
}

function cookieOf({ controls = [] }: SearchResponse): Buffer | undefined {
  const paging = controls.find((control) => control instanceof PagedResultsControl);
  return paging?.value?.cookie?.length ? paging.value.cookie : undefined;
}

const endless = (pages: number) =>
  new DirectoryFault(
    'unreachable',
    `The list of users did not end after ${pages} pages. The agent reads it again from the last complete one. If this goes on, restart the domain controller or let the agent read another one.`,
  );
