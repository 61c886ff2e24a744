import { createKeyEntryPage } from '../../../api/keyEntry';
import { linkUrl } from '../../../api/page';
import type { HttpRequest, HttpResponse } from '../../../domain/http';
import { KEY_FOREIGN } from '../../../domain/integrations/enterKey';
import { type KeyEntryFor, keyEntryLink } from '../../../domain/integrations/keyEntryLink';
import {
  API_KEY,
  everythingStored,
  type IntegrationsWorld,
  integrationsWorld,
  issueKey,
} from '../../helpers/vendors/integrationsWorld';

let world: IntegrationsWorld;
beforeEach(() => {
  world = integrationsWorld();
});

/** A browser with one cookie, which talks only to the handlers. */
function browser(secureCookies = true) {
  const { endpoints } = createKeyEntryPage({ ...world.deps, secureCookies });
  const cookies: Record<string, string> = {};
  const pages: HttpResponse[] = [];
  const ask = async (method: 'GET' | 'POST', more: Partial<HttpRequest>): Promise<HttpResponse> => {
    const endpoint = endpoints.find((one) => one.method === method);
    if (!endpoint) throw new TypeError(method);
    const path = endpoint.path;
    const response = await endpoint.handle({ method, path, query: {}, cookies, requestId: 'req-1', ...more });
    for (const set of response.cookies ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies[name] = value;
    }
    pages.push(response);
    return response;
  };
  const open = (handle: string) => ask('GET', { query: { h: handle } });
  const send = (body: unknown) => ask('POST', { body });
  return { open, send, cookies, pages, endpoints };
}

const field = (page: HttpResponse, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(String(page.body))?.[1] ?? '';

async function opened(b = browser(), account?: KeyEntryFor) {
  const { handle } = await issueKey(world, account);
  const page = await b.open(handle);
  return { ...b, page, form: { h: field(page, 'h'), csrf: field(page, 'csrf'), key: API_KEY } };
}

test('the link carries the handle, and the page has the form', async () => {
  expect(linkUrl('https://keyturn.test', keyEntryLink, 'a b')).toBe(
    'https://keyturn.test/integrations/key?h=a%20b',
  );
  const { page } = await opened();
  expect(page.status).toBe(200);
  expect(page.body).toContain('API key of IT Glue (EU)');
  expect(page.body).toContain('ada asked for this page');
  expect(page.cookies?.[0]).toMatch(
    /^keyturn-key-entry=[\w-]{43}; Path=\/integrations; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect((await opened(browser(false))).page.cookies?.[0]).toMatch(/SameSite=Lax$/);
});

test('the whole way ends in the code; no page, header, store or log contains the key', async () => {
  const { form, send, pages, endpoints } = await opened();
  world.sources.refusal = 'badKey';
  const refused = await send(form);
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('role="alert"');
  expect(refused.body).toContain('not accepted');
  expect(refused.body).toContain('Nothing was saved: enter it again here, or close this page');
  world.sources.refusal = undefined;
  const end = await send({ h: field(refused, 'h'), csrf: field(refused, 'csrf'), key: ` ${API_KEY}\n` });
  expect(end.status).toBe(200);
  expect(end.body).toMatch(/<p class="code" id="code">\d{6}<\/p>/);
  expect(
    JSON.stringify(pages) + JSON.stringify(world.logged) + (await everythingStored(world)),
  ).not.toContain(API_KEY.slice(4));
  expect(endpoints.map(({ form: limit }) => limit?.mostBytes)).toEqual([undefined, 4096]);
});

test('the form runs no script, other pages only our own; none can be framed, and the form goes only here', async () => {
  const { page, send, form } = await opened();
  const policy = (response: HttpResponse) => response.headers['Content-Security-Policy'] ?? '';
  const end = await send(form);
  expect(policy(page)).toContain("default-src 'none'; style-src 'sha256-");
  expect(String(page.body)).not.toContain('<script');
  expect(policy(end)).toContain("default-src 'none'; script-src 'self'; style-src 'sha256-");
  expect(String(end.body)).toMatch(/data-code="\d{6}"/);
  for (const one of [page, end, await browser().open('x')]) {
    expect(policy(one)).toContain("base-uri 'none'");
    expect(policy(one)).toContain("frame-ancestors 'none'");
    expect(policy(one)).not.toContain('unsafe');
    expect(String(one.body)).not.toMatch(/<script(?![^>]* src="\/(signin\/|page\.js"))| on\w+=|style="/);
    expect(one.headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  }
  expect(policy(page)).toContain("form-action 'self'");
  expect(policy(end)).toContain("form-action 'none'");
});

test('pages show words of vendors and people as text', async () => {
  world.sources.detail = '<script>';
  world.ada.name = '"><img src=x onerror=alert(1)>';
  const { page } = await opened();
  expect(page.body).not.toContain('<img');
});

test.each([
  ['no handle', {}],
  ['an unknown one', { h: 'unknown-handle-unknown-handle' }],
  ['a very long one', { h: 'x'.repeat(101) }],
])('does not show the form for %s', async (_what, query) => {
  const endpoint = browser().endpoints[0];
  const page = await endpoint?.handle({ method: 'GET', path: '', query, cookies: {}, requestId: 'r' });
  expect(page).toMatchObject({ status: 404, body: expect.stringContaining(keyEntryLink.words.notOpen) });
  expect(page?.body).toContain('choose <strong>New link</strong> in the chat');
  expect(page?.body).toMatch(
    /data-failure="KeyRefused"[\s\S]*<button id="back"[^>]* hidden>Back to the chat/,
  );
  expect(page?.cookies).toBeUndefined();
});

describe('does not take the form', () => {
  test.each([
    ['without a body', undefined, 404, KEY_FOREIGN],
    ['with a field missing', { csrf: undefined }, 404, KEY_FOREIGN],
    ['with a field too many', { extra: 'x' }, 404, KEY_FOREIGN],
    ['with fields that are not text', { key: { $ne: '' } }, 404, KEY_FOREIGN],
    ['with a key that is far too long', { key: 'x'.repeat(2001) }, 404, KEY_FOREIGN],
    ['with another form’s value', { csrf: 'x'.repeat(43) }, 403, KEY_FOREIGN],
    ['with another handle', { h: 'unknown-handle-unknown-handle' }, 404, keyEntryLink.words.notOpen],
  ])('%s', async (_what, more, status, sentence) => {
    const { send, form } = await opened();
    const page = await send(more && { ...form, ...more });
    expect(page).toMatchObject({ status, body: expect.stringContaining(sentence) });
    expect(world.sources.tested).toEqual([]);
  });

  test('by another browser', async () => {
    const { form } = await opened();
    const page = await browser().send(form);
    expect(page).toMatchObject({
      status: 403,
      body: expect.stringContaining(String(keyEntryLink.words.otherBrowser)),
    });
    expect((await browser().open(form.h)).status).toBe(403);
    expect(world.sources.tested).toEqual([]);
  });

  test('after ten minutes', async () => {
    const { send, form } = await opened();
    world.clock.advance(600_000);
    expect((await send(form)).status).toBe(404);
    expect(world.sources.tested).toEqual([]);
  });
});

test('after an unknown fault the browser learns only a reference, and nobody the key', async () => {
  const { send, form } = await opened();
  world.deps.stores.oneTimeLinks.replace = () => Promise.reject(new TypeError('disk on fire'));
  const page = await send(form);
  expect(page).toMatchObject({ status: 500, body: expect.stringContaining('Reference: req-1') });
  expect(page.body).not.toContain('disk on fire');
  expect(JSON.stringify([page, world.logged])).not.toContain(API_KEY);
});
