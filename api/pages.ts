import type { HttpResponse } from '../domain/http';
import { escaped, htmlPage, securityHeaders } from './html';

/** The scripts of a pop-up's last page: they hand `data-code` of the element `result` to Teams. */
const SCRIPTS = { scripts: ['/signin/teams-js.js', '/signin/page.js'] };

/**
 * The end of something that went well in the browser. A script gives the code to Teams; where no script runs,
 * the person types it in the chat.
 */
export const codePage = (of: {
  title: string;
  heading?: string;
  lines: readonly string[];
  code: string;
}): HttpResponse =>
  page(
    200,
    of.title,
    `<main id="result" data-code="${escaped(of.code)}">
<h1>${escaped(of.heading ?? of.title)}</h1>
${of.lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
<p class="code">${escaped(of.code)}</p>
<p>Type this in the chat if Teams does not continue by itself. Give it to nobody else. It works for ten minutes from when you started.</p>
</main>`,
  );

/**
 * The page before a link is used: a person goes on by the button, while scanners and previews only look.
 * Lines are HTML.
 */
export const beginPage = (of: {
  title: string;
  lines: readonly string[];
  action: string;
  handle: string;
  button: string;
}): HttpResponse => {
  const main = `<main>
<h1>${escaped(of.title)}</h1>
${of.lines.map((line) => `<p>${line}</p>`).join('\n')}
<form method="post" action="${escaped(of.action)}" autocomplete="off">
<input type="hidden" name="h" value="${escaped(of.handle)}">
<button type="submit">${escaped(of.button)}</button>
</form>
</main>`;
  return htmlPage({ status: 200, title: of.title, main }, { form: true });
};

/**
 * Goes on to another origin after a form. A redirect would not do: the page's policy keeps forms on
 * our own origin.
 */
export const leavingPage = (url: string, title = 'Going on to Microsoft'): HttpResponse => {
  const main = `<main>\n<h1>${escaped(title)}</h1>\n<p><a href="${escaped(url)}">Go on</a> if this does not happen by itself.</p>\n</main>`;
  return htmlPage({ status: 200, title, main }, { refresh: url });
};

/** Says in a sentence why there is nothing here; no pop-up of Teams opens it. */
export const refusedPage =
  (title: string) =>
  (status: number, sentence: string): HttpResponse => {
    const main = `<main>\n<h1>${escaped(title)}</h1>\n<p>${escaped(sentence)}</p>\n</main>`;
    return htmlPage({ status, title, main });
  };

/** The end of something that a person began in the chat. */
export interface DeadEnd {
  status: number;
  title: string;
  /** Says what the person can do about it, without the way back. */
  sentence: string;
  /** The button in the chat that makes a new link. */
  startAgain: string;
  /** What Teams hears when the page is its pop-up. */
  failure: string;
}

/**
 * A page without a next step. In Teams a button closes the pop-up; elsewhere a sentence says how to go back.
 */
export const deadEndPage = ({ status, title, sentence, startAgain, failure }: DeadEnd): HttpResponse =>
  page(
    status,
    title,
    `<main id="result" data-failure="${escaped(failure)}">
<h1>${escaped(title)}</h1>
<p>${escaped(sentence)}</p>
<p>To start again, close this page and choose <strong>${escaped(startAgain)}</strong> in the chat.</p>
<button id="back" type="button" hidden>Back to the chat</button>
</main>`,
  );

/** The end of a refused sign-in, with the sentence that says what to do. */
export const refusalPage = (status: number, sentence: string): HttpResponse =>
  deadEndPage({
    status,
    title: 'Not connected',
    sentence,
    startAgain: 'New sign-in link',
    failure: 'SignInRefused',
  });

const page = (status: number, title: string, main: string): HttpResponse =>
  htmlPage({ status, title, main }, SCRIPTS);

export const script = (text: string): HttpResponse => ({
  status: 200,
  headers: { ...securityHeaders(SCRIPTS), 'Content-Type': 'text/javascript; charset=utf-8' },
  body: text,
});

export const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { ...securityHeaders(SCRIPTS), Location: location },
  body: '',
});
