import { createHash } from 'node:crypto';
import type { HttpResponse } from '../domain/http';
import { STYLE } from './style';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** What a page needs beside its own style: our own scripts, and a form that goes to our own origin. */
interface Needs {
  scripts?: readonly string[];
  form?: boolean;
  /** A script of the page asks our own origin. */
  asks?: boolean;
  /** The browser goes to this address by itself. */
  refresh?: string;
}

/**
 * The headers of everything that we send to a browser: no foreign or inline script, no framing, no
 * cache, no referrer.
 */
export const securityHeaders = ({
  scripts = [],
  form = false,
  asks = false,
}: Needs): Record<string, string> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    ...(scripts.length > 0 ? ["script-src 'self'"] : []),
    ...(asks ? ["connect-src 'self'"] : []),
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

/** An answer to a script of ours. */
export const json = (value: unknown): HttpResponse => ({
  status: 200,
  headers: { ...securityHeaders({}), 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** Escapes text for HTML: for an element or a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A moment, which our script shows in the browser's zone; without a script it reads with UTC. */
export const timeTag = (at: number): string => {
  const iso = new Date(at).toISOString();
  return `<time datetime="${iso}">${iso.slice(11, 16)} UTC</time>`;
};

/** A page of ours: `main` is HTML, and so is each value of `attributes`, which its `main` element gets. */
export interface Page {
  status: number;
  /** The title, and the heading where there is no other. */
  title: string;
  heading?: string;
  /** Says at once how it went. */
  sign?: 'good' | 'bad';
  main: string;
  attributes?: string;
  wide?: boolean;
  /** The page is an end: it leads back to Teams. */
  back?: boolean;
}

const SIGNS = { good: ['✓', 'Success'], bad: ['!', 'Not done'] } as const;

const MARK =
  '<svg viewBox="0 0 192 192" aria-hidden="true"><rect width="192" height="192" fill="#1f4e79"/><g fill="none" stroke-linecap="round" stroke-linejoin="round"><path d="M46.4 78A54 54 0 0 1 151 96M135 86l16 16 16-16" stroke="#8fd3c7" stroke-width="9"/><g transform="translate(-8 5) rotate(40 97 96)" stroke="#fff" stroke-width="11"><circle cx="97" cy="84" r="19"/><path d="M97 103v57h16M97 138h15"/></g></g></svg>';

/** In the pop-up of Teams a script puts a button in the place of the link. */
const BACK =
  '<p class="end"><a class="button quiet" id="teams" href="https://teams.microsoft.com/">Open Teams</a><button id="back" type="button" hidden>Back to the chat</button></p>';

const signOf = (sign: 'good' | 'bad'): string =>
  `<div class="sign ${sign}" role="img" aria-label="${SIGNS[sign][1]}">${SIGNS[sign][0]}</div>`;

/** The one frame of all our pages. */
export const htmlPage = (page: Page, needs: Needs = {}): HttpResponse => ({
  status: page.status,
  headers: { ...securityHeaders(needs), 'Content-Type': 'text/html; charset=utf-8' },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(page.title)} - Keyturn</title>
${needs.refresh ? `<meta http-equiv="refresh" content="0;url=${escaped(needs.refresh)}">` : ''}
<style>${STYLE}</style>
${(needs.scripts ?? []).map((src) => `<script src="${escaped(src)}" defer></script>`).join('\n')}
</head>
<body${page.wide ? ' class="wide"' : ''}>
<div class="brand">${MARK}<span>Keyturn</span></div>
<main${page.attributes ? ` ${page.attributes}` : ''}>
${page.sign ? signOf(page.sign) : ''}
<h1>${escaped(page.heading ?? page.title)}</h1>
${page.main}
${page.back ? BACK : ''}
</main>
</body>
</html>`,
});
