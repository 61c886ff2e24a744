import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../domain/http';
import { KEY_FOREIGN, openKeyEntry, submitKey } from '../domain/integrations/enterKey';
import type { KeyEntryDeps } from '../domain/integrations/integrationDeps';
import { keyEntryLink } from '../domain/integrations/keyEntryLink';
import type { OwnerDeps } from '../domain/links/useLink';
import { keyCodePage, keyForm, keyRefusal } from './keyEntryPages';
import { checked, cookieHeader, csrfSchema, endpointsOf, handleSchema, type LinkPage } from './page';

export type KeyEntryPageDeps = KeyEntryDeps &
  OwnerDeps & {
    /** False only while the public address is plain http on loopback. */
    secureCookies: boolean;
  };

const { path, lifeMs, words } = keyEntryLink;
/** The cookie that binds an attempt to the browser that opened it first. */
const COOKIE = 'keyturn-key-entry';
const FORM_BYTES = 4096;
const face = { refusal: keyRefusal, kept: 'Nothing was saved. ' };
const formSchema = z.strictObject({ ...csrfSchema.shape, key: z.string().max(2000) });

/**
 * The browser's side of entering an API key. The key arrives only in the form's body, and no
 * answer contains it.
 */
export function createKeyEntryPage(deps: KeyEntryPageDeps): LinkPage {
  const { get, post } = endpointsOf(deps, face);
  const endpoints = [
    get(path, (request) => form(deps, request)),
    post(path, (request) => submitted(deps, request), FORM_BYTES),
  ];
  return { policy: keyEntryLink, title: 'Enter an API key', face, endpoints };
}

async function form(deps: KeyEntryPageDeps, { query, cookies }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, query, words.notOpen);
  const { cookie: value, ...page } = await openKeyEntry(deps, { handle, cookie: cookies[COOKIE] });
  const bound = { name: COOKIE, value, path: '/integrations', seconds: lifeMs / 1000 };
  return { ...keyForm(page, handle), cookies: [cookieHeader({ ...bound, secure: deps.secureCookies })] };
}

async function submitted(deps: KeyEntryPageDeps, { body, cookies }: HttpRequest): Promise<HttpResponse> {
  const { h: handle, csrf, key: apiKey } = checked(formSchema, body, KEY_FOREIGN);
  const result = await submitKey(deps, { handle, csrf, apiKey, cookie: cookies[COOKIE] });
  return result.outcome === 'code'
    ? keyCodePage(result.page, result)
    : keyForm(result.page, handle, result.sentence);
}
