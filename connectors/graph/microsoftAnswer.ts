import { isWebPage, jsonOf } from '../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../domain/agentProtocol/retryAfter';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/** Far more than any answer that we ask for. */
const LARGEST = 16 * 1024 * 1024;

/** An answer of Microsoft's, read whole. */
export interface MicrosoftAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined for what is none. */
  json: unknown;
}

/**
 * Reads an answer whole, within a size. Throws MicrosoftRefused for one that something in between gave, and
 * for one that breaks off.
 */
export async function answerOf(response: Response): Promise<MicrosoftAnswer> {
  const text = await bounded(response);
  const { status, headers } = response;
  if (!mayPass(status) && isWebPage(text, headers.get('content-type') ?? ''))
    throw new MicrosoftRefused('webPage');
  return { status, headers, text, json: jsonOf(text) };
}

/** Trouble that passes by itself: it says nothing about tenant, consent or credential. */
export const mayPass = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** What an answer asks for beside. */
export const waitOf = ({ headers }: Pick<Response, 'headers'>): number | undefined =>
  retryAfterMs(headers.get('retry-after'), Date.now(), headers.get('date'));

/** The decoder of the platform takes a byte order mark for what it is. */
async function bounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST) throw new MicrosoftRefused('endless');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
