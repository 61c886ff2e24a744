import { installLine, rmmLine } from '../domain/agents/installLine';
import type { HttpResponse } from '../domain/http';
import { escaped, htmlPage } from './html';

/** The program as it is offered for download. */
export interface AgentProgram {
  /** Lower-case hex of the exe. */
  sha256: string;
}

const SCRIPTS = ['/agents/install/copy.js'];

/** Whose agent it is, and a button that makes the line. */
export function installPage(
  { customerName, personName }: { customerName: string; personName: string },
  handle: string,
): HttpResponse {
  const main = `<main>
<h1>Agent for ${escaped(customerName)}</h1>
<p>Asked for by ${escaped(personName)}. If that is not you, close this page.</p>
<p>The button makes one line with which one agent can be installed within 30 minutes. Keep it to yourself: until it is used, it lets an agent join ${escaped(customerName)}.</p>
<form method="post" action="/agents/install" autocomplete="off">
<input type="hidden" name="h" value="${escaped(handle)}">
<button type="submit">Show the install line</button>
</form>
</main>`;
  return htmlPage({ status: 200, title: 'Install agent', main }, { form: true });
}

/** The line itself, shown this once. */
export function installLinePage(shown: {
  program: AgentProgram;
  publicUrl: string;
  token: string;
  expiresAt: number;
  customerName: string;
}): HttpResponse {
  const { program, publicUrl, token, expiresAt, customerName } = shown;
  const line = { publicUrl, token, sha256: program.sha256 };
  const until = `${new Date(expiresAt).toISOString().slice(11, 16)} UTC`;
  const main = `<main class="wide">
<h1>Install line for ${escaped(customerName)}</h1>
<p>For one agent, until ${until}. It is not shown again.</p>
<h2>PowerShell, as administrator</h2>
<pre id="line">${escaped(installLine(line))}</pre>
<button type="button" data-copies="line" hidden>Copy</button>
<h2>For an RMM tool</h2>
<pre id="rmm">${escaped(rmmLine(line))}</pre>
<button type="button" data-copies="rmm" hidden>Copy</button>
<p id="said" role="status"></p>
<p>On a domain controller it sees resets; on the server of Azure AD Connect it runs delta syncs. Install it on both if they are two: each takes a line of its own. The customer’s card shows the agent as soon as it has reported.</p>
</main>`;
  return htmlPage({ status: 200, title: 'Install line', main }, { scripts: SCRIPTS });
}

/** No line here, with the sentence that says what to do. */
export function installRefusal(status: number, sentence: string): HttpResponse {
  const title = 'No install line can be shown here';
  const main = `<main>\n<h1>${title}</h1>\n<p>${escaped(sentence)}</p>\n</main>`;
  return htmlPage({ status, title, main });
}
