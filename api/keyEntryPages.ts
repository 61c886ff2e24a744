import type { HttpResponse } from '../domain/http';
import type { OpenedKeyEntry } from '../domain/integrations/enterKey';
import type { IntegrationKind } from '../domain/integrations/integration';
import { nameOf } from '../domain/integrations/saveKey';
import type { RefusalMarks } from '../domain/tenants/refusals/microsoftRefused';
import { escaped, htmlPage } from './html';
import { codePage, deadEndPage } from './pages';

/** Where a person finds the key, and what it may do. */
const WHERE: Record<IntegrationKind, string> = {
  itglue: 'In IT Glue: Account > Settings > API Keys. Leave “Password Access” off: Keyturn does not need it.',
  hudu: 'In Hudu: Admin > API Keys. Keyturn needs no access to passwords; let the key see all companies.',
};

/** The form for an API key; `refused` says why the vendor refused the previous key. */
export function keyForm(entry: OpenedKeyEntry, handle: string, refused?: string): HttpResponse {
  const title = `${entry.replaces ? 'New API key' : 'API key'} of ${nameOf(entry.account)}`;
  const main = `<p>${escaped(WHERE[entry.account.kind])}</p>
<form method="post" action="/integrations/key" autocomplete="off">
<input type="hidden" name="h" value="${escaped(handle)}">
<input type="hidden" name="csrf" value="${escaped(entry.csrf)}">
<label for="key">API key</label>
<input id="key" name="key" type="password" required maxlength="600" autocomplete="off" spellcheck="false" autofocus${refused ? ' aria-describedby="refused"' : ''}>
${refused ? `<p class="refused" id="refused" role="alert">${escaped(refused)} Nothing was saved: enter it again here, or close this page and go back to the chat.</p>` : ''}
<button type="submit">Test the key</button>
</form>
<p class="subtle">The key is tested first. If it works, it is kept encrypted and is not shown again. ${escaped(entry.adminName)} asked for this page. If that is not you, close it.</p>`;
  return htmlPage({ status: refused ? 422 : 200, title, main }, { form: true });
}

/** The key works, and the code saves it. */
export const keyCodePage = (
  entry: OpenedKeyEntry,
  found: { code: string; finding: string; expiresAt: number },
): HttpResponse =>
  codePage({
    title: `The key of ${nameOf(entry.account)} works`,
    lines: [
      `${found.finding}.`,
      'One step is left: this code shows that you entered the key. Then the key is saved.',
    ],
    code: found.code,
    expiresAt: found.expiresAt,
  });

/** Takes no key, but says in a sentence what to do. */
export const keyRefusal = (status: number, sentence: string, marks?: RefusalMarks): HttpResponse =>
  deadEndPage({
    status,
    title: 'No API key can be entered here',
    sentence,
    startAgain: 'New link',
    failure: 'KeyRefused',
    marks,
  });
