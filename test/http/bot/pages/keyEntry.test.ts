import { createKeyEntryPage } from '../../../../api/keyEntry';
import { linkUrl } from '../../../../api/page';
import { keyEntryLink } from '../../../../domain/integrations/keyEntryLink';
import { startEdge } from '../../../helpers/bot/edgeServer';
import { type LocalIssuer, startLocalIssuer } from '../../../helpers/bot/localIssuer';
import {
  API_KEY,
  type IntegrationsWorld,
  integrationsWorld,
  issueKey,
} from '../../../helpers/vendors/integrationsWorld';

let issuer: LocalIssuer;
let world: IntegrationsWorld;
let edge: Awaited<ReturnType<typeof startEdge>>;
beforeAll(async () => {
  issuer = await startLocalIssuer();
});
afterAll(() => issuer.stop());
beforeEach(async () => {
  world = integrationsWorld();
  const { endpoints } = createKeyEntryPage({ ...world.deps, secureCookies: true });
  edge = await startEdge(issuer, async () => undefined, { endpoints });
});
afterEach(() => edge.server.stop());

async function opened() {
  const { handle } = await issueKey(world);
  const page = await fetch(linkUrl(edge.url, keyEntryLink, handle));
  const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(await page.text()) ?? [];
  return { page, cookie, fields: { h: handle, csrf, key: API_KEY } };
}

const send = (cookie: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
  fetch(`${edge.url}/integrations/key`, { method: 'POST', headers: { cookie, ...headers }, body });

test('over HTTP: takes the form, shows the code, and keeps the key out of the log', async () => {
  const { page, cookie, fields } = await opened();
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  expect(page.headers.get('strict-transport-security')).toContain('max-age');
  const end = await send(cookie, new URLSearchParams(fields));
  expect([end.status, await end.text()]).toEqual([
    200,
    expect.stringMatching(/class="code" id="code">\d{6}</),
  ]);
  expect(world.sources.tested).toEqual([API_KEY]);
  for (const secret of [API_KEY, fields.h, fields.csrf, cookie.slice(20)])
    expect(edge.text()).not.toContain(secret);
});

test('refuses anything but a form of its size before reading it', async () => {
  const { cookie, fields } = await opened();
  const json = await send(cookie, JSON.stringify(fields), { 'content-type': 'application/json' });
  const text = await send(cookie, new URLSearchParams(fields).toString(), { 'content-type': 'text/plain' });
  const large = await send(cookie, new URLSearchParams({ ...fields, key: 'x'.repeat(4096) }));
  expect([json.status, text.status, large.status]).toEqual([415, 415, 413]);
  const inUrl = await fetch(`${edge.url}/integrations/key?${new URLSearchParams(fields)}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(inUrl.status).toBe(404);
  expect((await fetch(`${edge.url}/integrations/key`, { method: 'PUT' })).status).toBe(405);
  expect(world.sources.tested).toEqual([]);
});
