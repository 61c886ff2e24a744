import { z } from 'zod';
import type { InstallLinkDeps } from '../domain/agents/installLink';
import { openInstallLink, useInstallLink } from '../domain/agents/installLink';
import { KeyturnError, notFound, StoreUnavailable } from '../domain/errors';
import type { Endpoint, HttpRequest, HttpResponse } from '../domain/http';
import type { Log } from '../domain/ports';
import { type AgentProgram, installLinePage, installPage, installRefusal } from './agentInstallPages';
import { INSTALL_SCRIPT } from './agentInstallScript';
import { ERROR_STATUS } from './errorStatus';
import { script } from './pages';

export interface AgentInstallDeps extends InstallLinkDeps {
  publicUrl: string;
  /** The program that is downloaded; undefined while this installation has none. */
  agentProgram(): Promise<AgentProgram | undefined>;
  log: Log;
}

export const AGENT_INSTALL_PATH = '/agents/install';
const FORM_BYTES = 1024;
const handleSchema = z.object({ h: z.string().min(20).max(100) });
const NOT_WHOLE = 'This link is not whole. Choose “Install agent” on the customer’s card.';
const NO_PROGRAM =
  'This Keyturn has no agent program to hand out. Its operator has to build it (npm run agent:build) and start Keyturn again.';

/** The address of the button for a handle. */
export const agentInstallLink = (publicUrl: string, handle: string): string =>
  `${publicUrl}${AGENT_INSTALL_PATH}?h=${encodeURIComponent(handle)}`;

/**
 * The page that shows the install line. It is made by the form alone, so that a link that something else opened first (a
 * scanner of links, a preview) is not used up by that.
 */
export const createAgentInstallEndpoints = (deps: AgentInstallDeps): Endpoint[] => [
  {
    method: 'GET',
    path: AGENT_INSTALL_PATH,
    auth: 'open',
    handle: (request) => opened(deps, request).catch((error) => failed(deps, request, error)),
  },
  {
    method: 'POST',
    path: AGENT_INSTALL_PATH,
    auth: 'open',
    form: { mostBytes: FORM_BYTES },
    handle: (request) => shown(deps, request).catch((error) => failed(deps, request, error)),
  },
  {
    method: 'GET',
    path: `${AGENT_INSTALL_PATH}/copy.js`,
    auth: 'open',
    handle: async () => script(INSTALL_SCRIPT),
  },
];

async function opened(deps: AgentInstallDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const handle = handleOf(query);
  return installPage(await openInstallLink(deps, handle), handle);
}

async function shown(deps: AgentInstallDeps, { body }: HttpRequest): Promise<HttpResponse> {
  const handle = handleOf(body);
  const program = await deps.agentProgram();
  if (!program) return installRefusal(503, NO_PROGRAM);
  const { tokens, expiresAt, customerName } = await useInstallLink(deps, handle);
  return installLinePage({ program, publicUrl: deps.publicUrl, tokens, expiresAt, customerName });
}

function handleOf(given: unknown): string {
  const parsed = handleSchema.safeParse(given);
  if (!parsed.success) throw notFound(NOT_WHOLE);
  return parsed.data.h;
}

/** A known error is its sentence; of an unknown one the browser learns a reference alone. */
function failed(deps: AgentInstallDeps, { requestId, path }: HttpRequest, error: unknown): HttpResponse {
  if (error instanceof KeyturnError) return installRefusal(ERROR_STATUS[error.code], error.sentence);
  deps.log.error({ requestId, path, err: error }, 'the page of the install line failed');
  const wait = error instanceof StoreUnavailable ? 'Wait a minute, then try' : 'Try';
  return installRefusal(500, `Something went wrong. ${wait} again. Reference: ${requestId}.`);
}
