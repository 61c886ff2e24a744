import { STYLE as PAGE_STYLE } from '../../api/style';
import { type DirectoryUser, isPrivileged, timeOf } from '../../domain/agentProtocol/directoryUser';
import { escapeHtml } from '../microsoft/pages/html';
import type { AgentState } from './agentHost';
import type { Way } from './customerDirectory';

/** The look of our own pages, with a table and more buttons. */
const STYLE = `${PAGE_STYLE}
main{max-width:62rem}form{display:inline}.quiet{color:var(--subtle);font-size:.875rem}
textarea,input[type=search]{width:100%;max-width:100%;padding:.4rem .6rem;border:1px solid var(--subtle);border-radius:.25rem;background:var(--card);color:inherit;font:inherit}
textarea{font:.8125rem/1.45 Consolas,monospace}input[type=search]{max-width:20rem}
button{margin:.15rem .25rem .15rem 0;padding:.3rem .75rem;font-size:.9rem;background:none;border-color:var(--subtle);color:inherit}
button.primary{background:var(--brand);border-color:transparent;color:var(--on-brand)}
table{border-collapse:collapse;width:100%}td{border-top:1px solid var(--line);padding:.4rem .5rem .4rem 0;vertical-align:top}
.said{display:block;margin:.5rem 0;padding:.5rem .75rem;border-left:.25rem solid var(--brand);background:var(--soft);color:inherit}
@media(max-width:36rem){td{display:block}td+td{border:0;padding-top:0}}`;

export interface ServerRoom {
  directory: string;
  agent: AgentState;
  /** The customer whose agent this is, as the bot says. */
  customer?: string;
  staging: boolean;
  /** The result of the last button. */
  said?: string;
  search: string;
  users: readonly DirectoryUser[];
}

const SHOWN = 15;

/** The page's only script; its header allows it by hash. */
export const LOCAL_TIMES =
  "for (const time of document.querySelectorAll('time')) time.textContent = new Date(time.dateTime).toLocaleString();";

/** A moment in the browser's zone; without a script it reads with UTC. */
function momentTag(at: number): string {
  const iso = new Date(at).toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** Everything that can be done at the customer, on one page; each button has a form of its own. */
export function serverRoomPage(room: ServerRoom): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fabrikam’s server room</title><style>${STYLE}</style></head>
<body><main>
<p class="brand">Sandbox: stands in for a customer’s own servers on this computer</p>
<h1>Fabrikam’s server room</h1>
${room.said ? `<p class="said" role="status">${escapeHtml(room.said)}</p>` : ''}
${agentPart(room)}
${connectPart(room.staging)}
${usersPart(room)}
</main><script>${LOCAL_TIMES}</script></body></html>`;
}

const button = (path: string, fields: Record<string, string>, label: string, primary = false) => {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${path}">${hidden.join('')}<button type="submit"${primary ? ' class="primary"' : ''}>${label}</button></form>`;
};

const AGENT: Record<AgentState, string> = {
  notInstalled: 'No agent is installed on DC1.',
  stopped: 'The agent on DC1 is stopped.',
  starting:
    'The agent on DC1 is starting. Reload this page in a few seconds: what is reset from then on is seen.',
  watching: 'The agent on DC1 watches Active Directory.',
};

function agentPart({ agent, customer, directory }: ServerRoom): string {
  const running = agent === 'starting' || agent === 'watching';
  const stop = button('/agent', { wanted: 'stopped' }, 'Stop the agent');
  const start = button('/agent', { wanted: 'running' }, 'Start the agent', true);
  const installed = agent === 'notInstalled' ? '' : running ? stop : start;
  return `<h2>The agent</h2>
<p>${AGENT[agent]}${customer ? ` To Keyturn it is an agent of ${escapeHtml(customer)}.` : ''} <span class="quiet">Domain controller: ${escapeHtml(directory)}</span></p>
<p>${installed}</p>
<details${agent === 'notInstalled' ? ' open' : ''}><summary>Install it${agent === 'notInstalled' ? '' : ' again'}</summary>
<form method="post" action="/install">
<p><label for="line">Type “install agent” in the chat, choose “Make an install command”, and paste the command here:</label></p>
<textarea id="line" name="line" rows="4" spellcheck="false" autocomplete="off" required></textarea>
<p><button type="submit" class="primary">Run it on DC1</button></p>
</form></details>`;
}

const connectPart = (staging: boolean) => `<h2>Microsoft Entra Connect</h2>
<p>${staging ? 'It is in staging mode: it carries no passwords to Microsoft 365.' : 'It carries passwords to Microsoft 365 every few seconds; a real one does so every two minutes.'}</p>
<p>${staging ? button('/staging', { wanted: 'off' }, 'End staging mode', true) : button('/staging', { wanted: 'on' }, 'Put it into staging mode')}</p>`;

function usersPart({ users, search }: ServerRoom): string {
  const found = matching(users, search);
  const shown = found.slice(0, SHOWN).map((user) => userRow(user, search));
  const count =
    found.length > SHOWN
      ? `The first ${SHOWN} of ${found.length} users.`
      : `${found.length} ${found.length === 1 ? 'user' : 'users'}.`;
  return `<h2>Active Directory users</h2>
<form method="get" action="/"><label for="q" class="quiet">Search by name or account</label><br>
<input type="search" id="q" name="q" value="${escapeHtml(search)}"> <button type="submit">Search</button></form>
${button('/burst', {}, 'Reset ten at once')}
<p class="quiet">${count}</p>
<table>${shown.join('')}</table>`;
}

const matching = (users: readonly DirectoryUser[], search: string) => {
  const wanted = search.trim().toLowerCase();
  return users.filter(({ displayName = '', samAccountName, userPrincipalName = '' }) =>
    [displayName, samAccountName, userPrincipalName].some((text) => text.toLowerCase().includes(wanted)),
  );
};

const WAY_LABELS: [Way, string][] = [
  ['administrator', 'Reset password'],
  ['mustChange', 'Reset, must change'],
  ['user', 'Changed by the user'],
];
const DISABLED = 2;

function userRow(user: DirectoryUser, q: string): string {
  const { samAccountName, displayName, userAccountControl, pwdLastSet } = user;
  const setAt = timeOf(pwdLastSet);
  const notes = [
    setAt === undefined ? 'must change the password at next logon' : `password set ${momentTag(setAt)}`,
    ...(userAccountControl & DISABLED ? ['disabled'] : []),
    ...(isPrivileged(user) ? ['privileged'] : []),
  ];
  const buttons = WAY_LABELS.map(([how, label]) => button('/reset', { user: samAccountName, how, q }, label));
  return `<tr><td><strong>${escapeHtml(displayName ?? samAccountName)}</strong><br><span class="quiet">${escapeHtml(samAccountName)}, ${notes.join(', ')}</span></td><td>${buttons.join('')}</td></tr>`;
}
