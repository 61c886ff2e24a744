import { createHash } from 'node:crypto';
import type { HttpResponse } from '../domain/http';

const STYLE = `:root{color-scheme:light dark;font-family:"Segoe UI",system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f5f5f5;color:#242424}
main{max-width:26rem;padding:2rem;margin:1rem;border-radius:.5rem;background:#fff;box-shadow:0 1px 4px #0003}
h1{margin:0 0 1rem;font-size:1.25rem}p{line-height:1.5}
.code{margin:1.5rem 0;text-align:center;font-size:3rem;font-weight:600;letter-spacing:.35rem;font-variant-numeric:tabular-nums}
button{padding:.5rem 1rem;border:0;border-radius:.25rem;background:#0f6cbd;color:#fff;font:inherit;cursor:pointer}
@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#f5f5f5}main{background:#292929}}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sent with everything a browser gets from the sign-in: no foreign or inline script, no framing, no cache, no referrer. */
const SECURITY_HEADERS = {
  'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** The end of a good sign-in. The code goes to Teams by script, and is shown for the chat where that does not happen. */
export const codePage = ({ code, customerName }: { code: string; customerName: string }): HttpResponse =>
  page(
    200,
    'Signed in',
    `<main id="result" data-code="${escaped(code)}">
<h1>Signed in for ${escaped(customerName)}</h1>
<p>One step is left: this code shows that it is you who is asking.</p>
<p class="code">${escaped(code)}</p>
<p>Type this in the chat if Teams does not continue by itself. Give it to nobody else. It works for ten minutes from when you started.</p>
</main>`,
  );

/** The end of a refused one, with the sentence that says what to do. */
export const refusalPage = (status: number, sentence: string): HttpResponse =>
  page(
    status,
    'Not connected',
    `<main id="result" data-failure="SignInRefused">
<h1>Not connected</h1>
<p>${escaped(sentence)}</p>
<p>To start again, choose <strong>New sign-in link</strong> in the chat.</p>
<button id="back" type="button" hidden>Back to the chat</button>
</main>`,
  );

/** Text as it must stand in HTML, in an element or a quoted attribute. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (status: number, title: string, main: string): HttpResponse => ({
  status,
  headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)} - Keyturn</title>
<style>${STYLE}</style>
<script src="/signin/teams-js.js" defer></script>
<script src="/signin/page.js" defer></script>
</head>
<body>
${main}
</body>
</html>`,
});

export const script = (text: string): HttpResponse => ({
  status: 200,
  headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/javascript; charset=utf-8' },
  body: text,
});

export const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { ...SECURITY_HEADERS, Location: location },
  body: '',
});
