import { createHash } from 'node:crypto';
import type { HttpResponse } from '../domain/http';

const STYLE = `:root{color-scheme:light dark;font-family:"Segoe UI",system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f5f5f5;color:#242424}
pre{max-height:9rem;overflow:auto;padding:.75rem;border-radius:.25rem;background:#8882;white-space:pre-wrap;overflow-wrap:anywhere;font-family:Consolas,monospace}h2{margin-top:2rem;font-size:1.1rem}h3{font-size:1rem}code{font-family:Consolas,monospace}
main{max-width:26rem;padding:2rem;margin:1rem;border-radius:.5rem;background:#fff;box-shadow:0 1px 4px #0003;overflow-wrap:anywhere}
main.wide{max-width:44rem}
h1{margin:0 0 1rem;font-size:1.25rem}p{line-height:1.5}
.code{margin:1.5rem 0;text-align:center;font-size:3rem;font-weight:600;letter-spacing:.35rem;font-variant-numeric:tabular-nums}
.refused{padding:.75rem 1rem;border-left:.25rem solid #c50f1f}
label{display:block;margin:1.5rem 0 .25rem;font-weight:600}
input{box-sizing:border-box;width:100%;padding:.5rem;margin-bottom:1rem;border:1px solid #8888;border-radius:.25rem;font:inherit}
button{padding:.5rem 1rem;border:0;border-radius:.25rem;background:#0f6cbd;color:#fff;font:inherit;cursor:pointer}
@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#f5f5f5}main{background:#292929}}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What a page needs beside its own style: our own scripts, and a form that goes to our own origin. */
interface Needs {
  scripts?: readonly string[];
  form?: boolean;
  /** The browser goes to this address by itself. */
  refresh?: string;
}

/**
 * The headers of everything that we send to a browser: no foreign or inline script, no framing, no
 * cache, no referrer.
 */
export const securityHeaders = ({ scripts = [], form = false }: Needs): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    ...(scripts.length > 0 ? ["script-src 'self'"] : []),
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    `form-action '${form ? 'self' : 'none'}'`,
    "frame-ancestors 'none'",
  ].join('; '),
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
});

/** Escapes text for HTML: for an element or a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A whole page around `main`, which is HTML. */
export const htmlPage = (
  { status, title, main }: { status: number; title: string; main: string },
  needs: Needs = {},
): HttpResponse => ({
  status,
  headers: { ...securityHeaders(needs), 'Content-Type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)} - Keyturn</title>
${needs.refresh ? `<meta http-equiv="refresh" content="0;url=${escaped(needs.refresh)}">` : ''}
<style>${STYLE}</style>
${(needs.scripts ?? []).map((src) => `<script src="${escaped(src)}" defer></script>`).join('\n')}
</head>
<body>
${main}
</body>
</html>`,
});
