import type { HttpResponse } from '../domain/http';
import { namedMarks, type RefusalMarks } from '../domain/tenants/refusals/microsoftRefused';
import { escaped, htmlPage, type Page, securityHeaders, timeTag } from './html';
import { PAGE_SCRIPT_PATH } from './pageScript';

/** The scripts of a pop-up's last page: they hand `data-code` of the element `result` to Teams. */
const SCRIPTS = { scripts: ['/signin/teams-js.js', '/signin/page.js', PAGE_SCRIPT_PATH] };

/** Lines of text as paragraphs. */
const paragraphs = (lines: readonly string[]): string =>
  lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');

/**
 * The end of something that went well in the browser. A script gives the code to Teams; where no script runs,
 * the person types it in the chat.
 */
export const codePage = (of: {
  title: string;
  heading?: string;
  lines: readonly string[];
  code: string;
  expiresAt: number;
}): HttpResponse =>
  endPage({
    status: 200,
    title: of.title,
    ...(of.heading && { heading: of.heading }),
    sign: 'good',
    attributes: `id="result" data-code="${escaped(of.code)}"`,
    main: `${paragraphs(of.lines)}
<p class="code" id="code">${escaped(of.code)}</p>
<p><button type="button" data-copies="code" hidden>Copy the code</button></p>
<p class="subtle">Teams takes it by itself. If not, type it in the chat before ${timeTag(of.expiresAt)}. Give it to nobody else.</p>`,
  });

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
  const main = `${of.lines.map((line) => `<p>${line}</p>`).join('\n')}
<form method="post" action="${escaped(of.action)}" autocomplete="off">
<input type="hidden" name="h" value="${escaped(of.handle)}">
<p><button type="submit">${escaped(of.button)}</button></p>
</form>`;
  return htmlPage({ status: 200, title: of.title, main }, { form: true });
};

/**
 * Goes on to another origin after a form. A redirect would not do: the page's policy keeps forms on
 * our own origin.
 */
export const leavingPage = (url: string, title = 'Going on to Microsoft'): HttpResponse => {
  const main = `<p><a href="${escaped(url)}">Go on</a> if this does not happen by itself.</p>`;
  return htmlPage({ status: 200, title, main }, { refresh: url });
};

/** Says in a sentence why there is nothing here; no pop-up of Teams opens it. */
export const refusedPage =
  (title: string) =>
  (status: number, sentence: string, marks?: RefusalMarks): HttpResponse => {
    const main = `<p>${escaped(sentence)}</p>${marksOf(marks)}`;
    return htmlPage(
      { status, title, sign: 'bad', main, back: true },
      marks ? { scripts: [PAGE_SCRIPT_PATH] } : {},
    );
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
  marks?: RefusalMarks | undefined;
}

/**
 * A page without a next step. In Teams a button closes the pop-up; elsewhere a sentence says how to go back.
 */
export const deadEndPage = ({ status, title, sentence, startAgain, failure, marks }: DeadEnd): HttpResponse =>
  endPage({
    status,
    title,
    sign: 'bad',
    attributes: `id="result" data-failure="${escaped(failure)}"`,
    main: `<p>${escaped(sentence)}</p>
<p>To start again, close this page and choose <strong>${escaped(startAgain)}</strong> in the chat.</p>${marksOf(marks)}`,
  });

/** What an engineer looks for in Microsoft's sign-in log, to be copied in one piece. */
function marksOf(marks: RefusalMarks = {}): string {
  const named = namedMarks(marks);
  if (named.length === 0) return '';
  const text = named.map(({ label, value }) => `${label}: ${value}`).join('\n');
  const rows = named.map(({ label, value }) => `<dt>${label}</dt><dd>${escaped(value)}</dd>`).join('');
  return `
<h2>For the sign-in log in Microsoft Entra</h2>
<dl id="marks" data-text="${escaped(text)}">${rows}</dl>
<p><button class="quiet" type="button" data-copies="marks" hidden>Copy</button></p>`;
}

/** The end of a refused sign-in, with the sentence that says what to do. */
export const refusalPage = (status: number, sentence: string, marks?: RefusalMarks): HttpResponse =>
  deadEndPage({
    status,
    title: 'Not connected',
    sentence,
    startAgain: 'New sign-in link',
    failure: 'SignInRefused',
    marks,
  });

const endPage = (page: Page): HttpResponse => htmlPage({ ...page, back: true }, SCRIPTS);

export const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { ...securityHeaders(SCRIPTS), Location: location },
  body: '',
});
