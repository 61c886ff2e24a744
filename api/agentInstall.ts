import {
  type InstallLinkDeps,
  installLink,
  openInstallLink,
  useInstallLink,
} from '../domain/agents/enrolment/installLink';
import type { HttpRequest, HttpResponse } from '../domain/http';
import type { Log } from '../domain/ports';
import { type AgentProgram, installLinePage, installPage, installRefusal } from './agentInstallPages';
import { INSTALL_SCRIPT } from './agentInstallScript';
import { checked, endpointsOf, handleSchema, type LinkPage } from './page';
import { script } from './pages';

export interface AgentInstallDeps extends InstallLinkDeps {
  publicUrl: string;
  /** The program that machines download; undefined while this Keyturn has none. */
  agentProgram(): Promise<AgentProgram | undefined>;
  log: Log;
}

const { path } = installLink;
const face = { refusal: installRefusal };
const NOT_WHOLE = 'This link is not whole. Choose “Install agent” on the customer’s card.';
const NO_PROGRAM =
  'This Keyturn has no agent program to hand out. Its operator has to build it (npm run agent:build) and start Keyturn again.';

/**
 * The page that shows the install line. Only the form makes the line, so a scanner or preview that opens the
 * link first does not use it up.
 */
export function createAgentInstallPage(deps: AgentInstallDeps): LinkPage {
  const { get, post } = endpointsOf(deps, face);
  const endpoints = [
    get(path, (request) => opened(deps, request)),
    post(path, (request) => shown(deps, request)),
    get(`${path}/copy.js`, async () => script(INSTALL_SCRIPT)),
  ];
  return { policy: installLink, title: 'Install an agent', face, endpoints };
}

async function opened(deps: AgentInstallDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, query, NOT_WHOLE);
  return installPage(await openInstallLink(deps, handle), handle);
}

async function shown(deps: AgentInstallDeps, { body }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, body, NOT_WHOLE);
  const program = await deps.agentProgram();
  if (!program) return installRefusal(503, NO_PROGRAM);
  const { tokens, expiresAt, customerName } = await useInstallLink(deps, handle);
  return installLinePage({ program, publicUrl: deps.publicUrl, tokens, expiresAt, customerName });
}
