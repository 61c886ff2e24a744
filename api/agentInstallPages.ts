import type { ServerRole } from '../domain/agents/agent';
import type { enrolledBy } from '../domain/agents/enrolment/enrolledBy';
import { type InstallLine, installLine, rmmLine } from '../domain/agents/enrolment/installLine';
import { installLink } from '../domain/agents/enrolment/installLink';
import type { HttpResponse } from '../domain/http';
import { visibleName } from '../domain/names/visibleText';
import { escaped, htmlPage, timeTag } from './html';
import { PAGE_SCRIPT_PATH } from './pageScript';
import { refusedPage } from './pages';

/** The program that the page offers for download. */
export interface AgentProgram {
  /** Lower-case hex of the exe. */
  sha256: string;
}

/** Where the open page asks which agents have enrolled. */
export const ENROLLED_PATH = `${installLink.path}/enrolled`;

/** Names the customer, and has a button that makes the commands. */
export function installPage(
  { customerName, personName }: { customerName: string; personName: string },
  handle: string,
): HttpResponse {
  const main = `<p>The button makes two install commands: one for a domain controller, one for another server. Each installs one agent within 30 minutes.</p>
<form method="post" action="${installLink.path}" autocomplete="off">
<input type="hidden" name="h" value="${escaped(handle)}">
<p><button type="submit">Show the install commands</button></p>
</form>
<p class="subtle">Keep the commands to yourself: until it is used, a command lets an agent join ${escaped(customerName)}. ${escaped(personName)} asked for this page. If that is not you, close it.</p>`;
  return htmlPage({ status: 200, title: `Agent for ${customerName}`, main }, { form: true });
}

/** Shows the commands once, for both server roles and both ways to run them, and which of them was used. */
export function installCommandsPage(shown: {
  program: AgentProgram;
  publicUrl: string;
  tokens: Record<ServerRole, string>;
  expiresAt: number;
  customerName: string;
  handle: string;
}): HttpResponse {
  const { program, publicUrl, tokens, expiresAt, customerName, handle } = shown;
  const sections = ROLES.map((of, index) =>
    sectionOf(of, index + 1, { publicUrl, token: tokens[of.serverRole], sha256: program.sha256 }),
  );
  const asks = `${ENROLLED_PATH}?${new URLSearchParams({ h: handle })}`;
  const main = `<p>Each command installs one agent on one server of its kind, before ${timeTag(expiresAt)}. It is not shown again.</p>
<div class="tabs">
${ROLES.map(tabOf).join('\n')}
${sections.join('\n')}
</div>
<h2>Enrolled</h2>
<ul class="live" data-asks="${escaped(asks)}" aria-live="polite">
${enrolledRows({})
  .map(({ id, text }) => `<li id="${id}">${text}</li>`)
  .join('\n')}
</ul>
<p class="subtle" id="after" hidden>This page no longer looks. The chat says when an agent enrols.</p>`;
  return htmlPage(
    { status: 200, title: `Install commands for ${customerName}`, main, wide: true, back: true },
    { scripts: [PAGE_SCRIPT_PATH], asks: true },
  );
}

interface Role {
  serverRole: ServerRole;
  title: string;
  /** HTML */
  what: string;
  waiting: string;
}

const ROLES: Role[] = [
  {
    serverRole: 'domainController',
    title: 'Domain controller',
    what: `<p>The agent sees every password reset. It makes a read-only account of its own and, where the domain controller has none, a certificate for LDAPS.</p>`,
    waiting: 'Waiting for a domain controller …',
  },
  {
    serverRole: 'otherServer',
    title: 'Other server (Entra Connect)',
    what: '<p>The agent runs delta syncs of Microsoft Entra Connect. It reports no resets and no users, and makes no account and no certificate.</p>',
    waiting: 'Waiting for another server …',
  },
];

const OWN_ACCOUNT = `<details><summary>Use an account that you have</summary>
<p>In the PowerShell command, write <code>--account NAME</code> in the place of <code>--make-account</code>. Put its password into the environment variable <code>KEYTURN_DIRECTORY_PASSWORD</code> before, never into the command (docs/agent-windows.md).</p></details>`;

const tabOf = ({ title }: Role, index: number): string =>
  `<input type="radio" name="server" id="tab${index + 1}"${index === 0 ? ' checked' : ''}><label for="tab${index + 1}">${title}</label>`;

function sectionOf(
  { serverRole, title, what }: Role,
  number: number,
  of: Omit<InstallLine, 'serverRole'>,
): string {
  const line = { ...of, serverRole };
  return `<section class="panel${number}" aria-label="${title}">
${what}
<h2>PowerShell, as administrator</h2>
${commandOf(`${serverRole}Line`, installLine(line), `PowerShell: ${title}`)}
<details><summary>For an RMM tool</summary>
${commandOf(`${serverRole}Rmm`, rmmLine(line), `RMM tool: ${title}`)}</details>
${serverRole === 'domainController' ? OWN_ACCOUNT : ''}
</section>`;
}

/** A long command scrolls inside its own box, also with the keyboard. */
const commandOf = (
  id: string,
  command: string,
  where: string,
) => `<pre id="${id}" tabindex="0" role="group" aria-label="${where}">${escaped(command)}</pre>
<p><button type="button" data-copies="${id}" aria-label="Copy: ${where}" hidden>Copy</button></p>`;

/** What the page shows of each command: that it waits, or which agent enrolled. */
export const enrolledRows = (enrolled: Partial<Awaited<ReturnType<typeof enrolledBy>>>) =>
  ROLES.map(({ serverRole, waiting }) => {
    const agent = enrolled[serverRole];
    const text = agent ? `✓ ${visibleName(agent.name, 64)} enrolled` : waiting;
    return { id: `${serverRole}Enrolled`, text, done: agent !== undefined };
  });

/** Shows no command, but a sentence that says what to do. */
export const installRefusal = refusedPage('No install command can be shown here');
