import type { ServerRole } from '../domain/agents/agent';
import { type InstallLine, installLine, rmmLine } from '../domain/agents/enrolment/installLine';
import type { HttpResponse } from '../domain/http';
import { escaped, htmlPage } from './html';
import { refusedPage } from './pages';

/** The program that the page offers for download. */
export interface AgentProgram {
  /** Lower-case hex of the exe. */
  sha256: string;
}

const SCRIPTS = ['/agents/install/copy.js'];

/** Names the customer, and has a button that makes the line. */
export function installPage(
  { customerName, personName }: { customerName: string; personName: string },
  handle: string,
): HttpResponse {
  const main = `<main>
<h1>Agent for ${escaped(customerName)}</h1>
<p>Asked for by ${escaped(personName)}. If that is not you, close this page.</p>
<p>The button makes two lines: one for a domain controller, one for another server. Each installs one agent within 30 minutes. Keep them to yourself: until a line is used, it lets an agent join ${escaped(customerName)}.</p>
<form method="post" action="/agents/install" autocomplete="off">
<input type="hidden" name="h" value="${escaped(handle)}">
<button type="submit">Show the install line</button>
</form>
</main>`;
  return htmlPage({ status: 200, title: 'Install agent', main }, { form: true });
}

/** Shows the line once, for both server roles and both ways to run it. */
export function installLinePage(shown: {
  program: AgentProgram;
  publicUrl: string;
  tokens: Record<ServerRole, string>;
  expiresAt: number;
  customerName: string;
}): HttpResponse {
  const { program, publicUrl, tokens, expiresAt, customerName } = shown;
  const until = `${new Date(expiresAt).toISOString().slice(11, 16)} UTC`;
  const lines = ROLE_SECTIONS.map((of) =>
    sectionOf(of, { publicUrl, token: tokens[of.serverRole], sha256: program.sha256 }),
  );
  const main = `<main class="wide">
<h1>Install line for ${escaped(customerName)}</h1>
<p>Each line is good for one agent on one server of its kind, until ${until}. It is not shown again.</p>
${lines.join('\n')}
<p id="said" role="status"></p>
<p>The customer’s card shows the agent as soon as it has reported. A domain controller and another server with Azure AD Connect need an agent each.</p>
</main>`;
  return htmlPage({ status: 200, title: 'Install line', main }, { scripts: SCRIPTS });
}

interface RoleSection {
  serverRole: ServerRole;
  title: string;
  /** HTML */
  what: string;
}

const ROLE_SECTIONS: RoleSection[] = [
  {
    serverRole: 'domainController',
    title: 'On a domain controller',
    what: `<p>Sees every password reset. For that it makes a read-only account of its own and, where the domain controller has none, a certificate for LDAPS.</p>
<p>To use an account that you have, put in the PowerShell line <code>--account NAME</code> in the place of <code>--make-account</code>, and its password into the environment variable <code>KEYTURN_DIRECTORY_PASSWORD</code> before, never into the line (docs/agent-windows.md).</p>`,
  },
  {
    serverRole: 'otherServer',
    title: 'On another server, such as that of Azure AD Connect',
    what: '<p>Runs delta syncs of Azure AD Connect, and may tell no resets and no users. It makes no account and no certificate.</p>',
  },
];

function sectionOf({ serverRole, title, what }: RoleSection, of: Omit<InstallLine, 'serverRole'>): string {
  const line = { ...of, serverRole };
  return `<section aria-labelledby="${serverRole}">
<h2 id="${serverRole}">${title}</h2>
${what}
${lineOf(`${serverRole}Line`, 'PowerShell, as administrator', installLine(line), title)}
${lineOf(`${serverRole}Rmm`, 'For an RMM tool', rmmLine(line), title)}
</section>`;
}

/** A long line scrolls inside its own box, also with the keyboard. */
const lineOf = (id: string, title: string, line: string, where: string) => `<h3>${title}</h3>
<pre id="${id}" tabindex="0" role="group" aria-label="${title}: ${where}">${escaped(line)}</pre>
<button type="button" data-copies="${id}" aria-label="Copy: ${title}, ${where}" hidden>Copy</button>`;

/** Shows no line, but a sentence that says what to do. */
export const installRefusal = refusedPage('No install line can be shown here');
