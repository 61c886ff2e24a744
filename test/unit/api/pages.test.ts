import { keyForm } from '../../../api/keyEntryPages';
import { pageScript } from '../../../api/pageScript';
import { beginPage, codePage, refusalPage, refusedPage } from '../../../api/pages';
import type { HttpResponse } from '../../../domain/http';
import { marksIn } from '../../../domain/tenants/refusals/microsoftRefused';

const AT = Date.UTC(2026, 10, 30, 15, 28);
const entry = (kind: 'itglue' | 'hudu') => ({
  account: { kind, address: kind === 'hudu' ? 'docs.example.com' : 'eu' },
  adminName: 'Ada',
  replaces: false,
  csrf: 'c',
});
const PAGES: Record<string, HttpResponse> = {
  code: codePage({ title: 'Signed in', lines: ['One step is left.'], code: '123456', expiresAt: AT }),
  refusal: refusalPage(403, 'Not this time.'),
  refused: refusedPage('No list')(404, 'Gone.'),
  begin: beginPage({ title: 'Begin', lines: ['Go on.'], action: '/x', handle: 'h', button: 'Go on' }),
  key: keyForm(entry('itglue'), 'h'),
};

test.each(Object.entries(PAGES))('%s has the name and the mark of the product and one heading', (_, page) => {
  const body = String(page.body);
  expect(body).toMatch(/<svg [^>]*aria-hidden="true">.*<span>Keyturn<\/span>/);
  expect(body.match(/<h1>/g)).toHaveLength(1);
  expect(body).toContain('prefers-color-scheme:dark');
  expect(body).not.toMatch(/ style=| on\w+="/);
});

test('an end says by a sign how it went, and leads back to Teams', () => {
  expect(PAGES.code?.body).toContain('aria-label="Success"');
  expect(PAGES.refusal?.body).toContain('aria-label="Not done"');
  for (const name of ['code', 'refusal', 'refused']) expect(PAGES[name]?.body).toContain('Open Teams');
});

test('a moment stands on a page for the script, which shows it in the browser’s zone', () => {
  expect(PAGES.code?.body).toContain('<time datetime="2026-11-30T15:28:00.000Z">15:28 UTC</time>');
});

test('a refusal shows what an engineer looks for, to be copied, and nothing else of what Microsoft sent', () => {
  const sent =
    'AADSTS50076: <b>secret</b> Trace ID: 9c1a7e52-1b0d-4f0e-8a57-4c2b6a1d3e00 Correlation ID: 2f0b1f6e-6d0e-4a53-9f77-0d2d7f3f6f10 Timestamp: 2026-11-30 16:05:12Z code=0.AXk';
  const body = String(refusalPage(403, 'Finish the second step.', marksIn(sent)).body);
  for (const mark of [
    'AADSTS50076',
    '9c1a7e52-1b0d-4f0e-8a57-4c2b6a1d3e00',
    '2f0b1f6e-6d0e-4a53-9f77-0d2d7f3f6f10',
    '2026-11-30 16:05:12 UTC',
  ])
    expect(body).toContain(`<dd>${mark}</dd>`);
  expect(body).toContain('data-copies="marks"');
  expect(body).not.toMatch(/secret|0\.AXk/);
});

test('the page for a key explains its own vendor alone, and runs no script', () => {
  expect(keyForm(entry('itglue'), 'h').body).not.toContain('Hudu');
  expect(keyForm(entry('hudu'), 'h').body).not.toContain('IT Glue');
  for (const kind of ['itglue', 'hudu'] as const)
    for (const page of [keyForm(entry(kind), 'h'), keyForm(entry(kind), 'h', 'Refused.')]) {
      expect(page.body).not.toContain('<script');
      expect(page.headers['Content-Security-Policy']).not.toContain('script-src');
    }
});

test('the script is JavaScript that needs nothing from elsewhere', async () => {
  const { body, headers } = await pageScript.handle({} as never);
  expect(headers['Content-Type']).toContain('text/javascript');
  expect(() => new Function(String(body))).not.toThrow();
});
