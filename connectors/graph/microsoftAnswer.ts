import { isWebPage, jsonOf } from '../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../domain/agentProtocol/retryAfter';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/** Far more than the largest answer to any of our requests. */
const LARGEST = 16 * 1024 * 1024;

/** A whole answer from Microsoft. */
export interface MicrosoftAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the body is no JSON. */
  json: unknown;
}

/**
 * Reads a whole answer, up to a maximum size. Throws MicrosoftRefused for an answer that comes from something
 * in between, and for one that breaks off.
 */
export async function answerOf(response: Response): Promise<MicrosoftAnswer> {
  const text = await bounded(response);
  const { status, headers } = response;
  if (!mayPass(status) && isWebPage(text, headers.get('content-type') ?? ''))
    throw new MicrosoftRefused('webPage');
  return { status, headers, text, json: jsonOf(text) };
}

/** Whether the trouble passes by itself. It then says nothing about tenant, consent or credential. */
export const mayPass = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/** How long the answer asks us to wait. */
export const waitOf = ({ headers }: Pick<Response, 'headers'>): number | undefined =>
  retryAfterMs(headers.get('retry-after'), Date.now(), headers.get('date'));

/** The platform's decoder removes a byte order mark. */
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
