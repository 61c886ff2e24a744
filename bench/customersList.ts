import { z } from 'zod';
import { BenchFault } from './benchFault';
import { type Figure, result } from './measure/result';
import { percentile } from './measure/statistics';
import { envelopeOf } from './stage/conversation';
import { personOf } from './stage/people';

const AGAIN = 150;
const DEEP = 100;
const GOAL = { atMost: 50 };

interface ListRequest {
  search: string;
  sort: 'name' | 'changed';
  page: string;
}

const invokeAnswer = z.object({
  statusCode: z.literal(200),
  type: z.literal('application/vnd.microsoft.card.adaptive'),
  value: z.object({ body: z.array(z.unknown()) }),
});

/**
 * How long one view of the list of customers takes, from the click to the answered card, one click at a time.
 * The bench reaches the deep page as people do: with 'Next page', again and again.
 */
export async function measureCustomersList(
  on: string,
  url: string,
  serviceUrl: string,
  held: boolean,
): Promise<Figure[]> {
  const click = createClick(url, serviceUrl);
  const kinds: [string, ListRequest][] = [
    ['first page by name', { search: '', sort: 'name', page: '' }],
    [`page ${DEEP + 1} by name`, { search: '', sort: 'name', page: await deepPage(click) }],
    ['search by part of a name', { search: '0042', sort: 'name', page: '' }],
    ['by last change', { search: '', sort: 'changed', page: '' }],
  ];
  const results: Figure[] = [];
  for (const [name, request] of kinds) {
    const durations: number[] = [];
    for (let n = 0; n < AGAIN; n++) durations.push((await click(request)).ms);
    const p95 = percentile(durations, 0.95);
    results.push(result(`customers list of 10,000 (${on}), ${name}: p95`, p95, 'ms', held ? GOAL : {}));
  }
  return results;
}

type Click = (request: ListRequest) => Promise<{ ms: number; nextPage: string | undefined }>;

function createClick(url: string, serviceUrl: string): Click {
  const envelope = envelopeOf(personOf(0), serviceUrl);
  return async (data) => {
    const action = { type: 'Action.Execute', verb: 'customers', data };
    const replyToId = '1:a-list-card';
    const activity = {
      ...envelope(),
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action },
      replyToId,
    };
    const began = performance.now();
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    const ms = performance.now() - began;
    const answer = invokeAnswer.safeParse(JSON.parse(text || '{}'));
    if (!answer.success) throw new BenchFault(`the list was answered with ${response.status} and no card`);
    return { ms, nextPage: nextPageOf(answer.data.value) };
  };
}

async function deepPage(click: Click): Promise<string> {
  let page = '';
  for (let depth = 0; depth < DEEP; depth++) {
    const { nextPage } = await click({ search: '', sort: 'name', page });
    if (!nextPage) throw new BenchFault(`there is no page ${depth + 2}`);
    page = nextPage;
  }
  return page;
}

const pageButton = z.object({ title: z.literal('Next page ›'), data: z.object({ page: z.string() }) });

/** What the card's button 'Next page' carries, wherever the button is. */
function nextPageOf(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const button = pageButton.safeParse(node);
  if (button.success) return button.data.data.page;
  for (const child of Object.values(node)) {
    const found = nextPageOf(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
