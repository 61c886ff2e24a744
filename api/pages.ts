import type { HttpResponse } from '../domain/http';
import { escaped, htmlPage, securityHeaders } from './html';

/** What the last page of a pop-up runs: it hands `data-code` of the element `result` to Teams. */
export const SCRIPTS = { scripts: ['/signin/teams-js.js', '/signin/page.js'] };

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

/**
 * What stands before a link is used: a person goes on by the button, while scanners and previews only look.
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
 * Goes on to another origin after a form: a redirect would be stopped by the policy that a form stays with
 * us.
 */
export const leavingPage = (url: string, title = 'Going on to Microsoft'): HttpResponse => {
  const main = `<main>\n<h1>${escaped(title)}</h1>\n<p><a href="${escaped(url)}">Go on</a> if this does not happen by itself.</p>\n</main>`;
  return htmlPage({ status: 200, title, main }, { refresh: url });
};

/** Where something ended that was begun in the chat. */
export interface DeadEnd {
  status: number;
  title: string;
  /** What to do about it, without the way back. */
  sentence: string;
  /** The button in the chat that makes a new link. */
  startAgain: string;
  /** What Teams is told, where the page is a pop-up of it. */
  failure: string;
}

/** A page without a next step, but for the way back: in Teams by a button that closes the pop-up, elsewhere in words. */
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
