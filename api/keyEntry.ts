import { z } from 'zod';
import { KeyturnError, notFound, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import { KEY_ENTRY_MS } from '../domain/integrations/keyEntryAttempt';
import { KEY_FOREIGN, KEY_NOT_OPEN } from '../domain/integrations/keyEntrySentences';
import { openKeyEntry } from '../domain/integrations/openKeyEntry';
import { submitKey } from '../domain/integrations/submitKey';
import { ERROR_STATUS } from './errorStatus';
import { keyCodePage, keyForm, keyRefusal } from './keyEntryPages';

export interface KeyEntryEndpointDeps extends KeyEntryDeps {
  /** False only while the public address is plain http on loopback. */
  secureCookies: boolean;
}

export const KEY_ENTRY_PATH = '/integrations/key';
/** The cookie that binds an attempt to the browser that opened it first. */
const COOKIE = 'keyturn-key-entry';
const FORM_BYTES = 4096;

const oneTime = z.string().min(20).max(100);
const linkSchema = z.object({ h: oneTime });
const formSchema = z.strictObject({ h: oneTime, csrf: oneTime, key: z.string().max(2000) });

/** The address of the button for a handle. */
export const keyEntryLink = (publicUrl: string, handle: string): string =>
  `${publicUrl}${KEY_ENTRY_PATH}?h=${encodeURIComponent(handle)}`;

/** The browser's side of entering an API key. The key comes in the body of the form alone, and goes out nowhere. */
export const createKeyEntryEndpoints = (deps: KeyEntryEndpointDeps): Endpoint[] => [
  {
    method: 'GET',
    path: KEY_ENTRY_PATH,
    auth: 'open',
    handle: (request) => form(deps, request).catch((error) => failed(deps, request, error)),
  },
  {
    method: 'POST',
    path: KEY_ENTRY_PATH,
    auth: 'open',
    form: { mostBytes: FORM_BYTES },
    handle: (request) => submitted(deps, request).catch((error) => failed(deps, request, error)),
  },
];

async function form(deps: KeyEntryEndpointDeps, { query, cookies }: HttpRequest): Promise<HttpResponse> {
  const parsed = linkSchema.safeParse(query);
  if (!parsed.success) throw notFound(KEY_NOT_OPEN);
  const { h: handle } = parsed.data;
  const { cookie, ...page } = await openKeyEntry(deps, { handle, cookie: cookies[COOKIE] });
  return { ...keyForm(page, handle), cookies: [cookieHeader(deps, cookie)] };
}

async function submitted(deps: KeyEntryEndpointDeps, { body, cookies }: HttpRequest): Promise<HttpResponse> {
  const parsed = formSchema.safeParse(body);
  if (!parsed.success) throw notFound(KEY_FOREIGN);
  const { h: handle, csrf, key: apiKey } = parsed.data;
  const result = await submitKey(deps, { handle, csrf, apiKey, cookie: cookies[COOKIE] });
  return result.outcome === 'code'
    ? keyCodePage(result.page, result)
    : keyForm(result.page, handle, result.sentence);
}

const cookieHeader = ({ secureCookies }: KeyEntryEndpointDeps, value: string): string =>
  `${COOKIE}=${value}; Path=/integrations; Max-Age=${KEY_ENTRY_MS / 1000}; HttpOnly; SameSite=Lax${secureCookies ? '; Secure' : ''}`;

/** A known error is its sentence; of an unknown one the browser learns a reference alone. */
function failed(deps: KeyEntryEndpointDeps, { requestId, path }: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof KeyturnError) return keyRefusal(ERROR_STATUS[error.code], error.sentence);
  deps.log.error({ requestId, path, err: error }, 'key entry page failed');
  const wait = error instanceof StoreUnavailable ? 'Wait a minute, then try' : 'Try';
  return keyRefusal(500, `Something went wrong. Nothing was saved. ${wait} again. Reference: ${requestId}.`);
}
