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
