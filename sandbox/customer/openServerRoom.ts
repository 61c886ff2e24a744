import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CliFault } from '../../agent/cli/cliFault';
import { listen, redirect, type SandboxRequest, type SandboxResponse } from '../microsoft/http';
import type { AgentHost } from './agentHost';
import { type CustomerDirectory, UnknownUser, WAYS, type Way } from './customerDirectory';
import { LOCAL_TIMES, serverRoomPage } from './serverRoomPage';
import { tokenIn } from './tokenIn';

export interface ServerRoomDeps {
  directory: CustomerDirectory;
  agent: AgentHost;
  staging: { on: boolean };
}

const BURST = 10;
const SAID: Record<Way, (user: string) => string> = {
  administrator: (user) => `An administrator reset the password of ${user}.`,
  mustChange: (user) => `An administrator reset the password of ${user}, who must change it at next logon.`,
  user: (user) => `${user} changed the password.`,
};

/**
 * The page for everything that people do at the customer and not in the chat. On loopback only; port 0 means
 * any free one.
 */
export async function openServerRoom(deps: ServerRoomDeps, port: number) {
  let said: string | undefined;
  let origin = '';
  const listener = await listen(async (request) => {
    if (request.method === 'GET' && request.path === '/') {
      const shown = said;
      said = undefined;
      return html(await pageOf(deps, request.query.get('q') ?? '', shown));
    }
    const act = ACTIONS[request.path];
    if (!act || request.method !== 'POST') return plain(404, 'There is nothing here.');
    if (!isOwn(request, origin)) return plain(403, 'This form was not sent by this page.');
    said = await outcomeOf(() => act(deps, request.form));
    const back = `/?q=${encodeURIComponent(request.form.get('q') ?? '')}`;
    return fromBrowser(request) ? redirect(back) : plain(200, said);
  }, port);
  origin = `http://127.0.0.1:${listener.port}`;
  return { url: origin, stop: listener.stop };
}

async function pageOf({ directory, agent, staging }: ServerRoomDeps, search: string, said?: string) {
  return serverRoomPage({
    directory: directory.name,
    agent: agent.state(),
    customer: await agent.customer(),
    staging: staging.on,
    said,
    search,
    users: await directory.users(),
  });
}

type Action = (deps: ServerRoomDeps, form: URLSearchParams) => Promise<string>;

const resetForm = z.object({ user: z.string().min(1).max(256), how: z.enum(WAYS).default('administrator') });

const ACTIONS: Record<string, Action> = {
  '/reset': async ({ directory }, form) => {
    const { user, how } = resetForm.parse(Object.fromEntries(form));
    await directory.setPassword(user, how);
    return SAID[how](user);
  },
  '/burst': async ({ directory }) => {
    const users = (await directory.users()).slice(0, BURST);
    await Promise.all(
      users.map(({ samAccountName }) => directory.setPassword(samAccountName, 'administrator')),
    );
    return `An administrator reset ${users.length} passwords.`;
  },
  '/install': async ({ agent }, form) => {
    const token = tokenIn(form.get('line') ?? '');
    return token ? agent.install(token) : 'That is no install command: copy the whole of it.';
  },
  '/agent': async ({ agent }, form) => {
    if (form.get('wanted') === 'running') {
      await agent.start();
      return 'The agent was started.';
    }
    await agent.stop();
    return 'The agent was stopped.';
  },
  '/staging': async ({ staging }, form) => {
    staging.on = form.get('wanted') === 'on';
    return staging.on ? 'Microsoft Entra Connect is in staging mode.' : 'Staging mode was ended.';
  },
};

async function outcomeOf(act: () => Promise<string>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CliFault) return error.sentence;
    if (error instanceof UnknownUser) return `There is no user ${error.message}.`;
    if (error instanceof z.ZodError) return 'Send user=ACCOUNT and how=administrator, mustChange or user.';
    throw error;
  }
}

/** Whether the request comes from a form of this page, or from no browser at all. */
const isOwn = ({ headers }: SandboxRequest, origin: string) =>
  headers.host === new URL(origin).host && (headers.origin === undefined || headers.origin === origin);
const fromBrowser = ({ headers }: SandboxRequest) => headers.origin !== undefined;

const SCRIPT_HASH = `sha256-${createHash('sha256').update(LOCAL_TIMES).digest('base64')}`;

const html = (body: string): SandboxResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'content-security-policy': `default-src 'none'; script-src '${SCRIPT_HASH}'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
  },
  body,
});

const plain = (status: number, sentence: string): SandboxResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: `${sentence}\n`,
});
