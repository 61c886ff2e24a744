import { type EnrolledDeps, enrolledBy } from '../domain/agents/enrolment/enrolledBy';
import {
  type InstallLinkDeps,
  installLink,
  openInstallLink,
  useInstallLink,
} from '../domain/agents/enrolment/installLink';
import type { HttpRequest, HttpResponse } from '../domain/http';
import type { Log } from '../domain/ports';
import {
  type AgentProgram,
  ENROLLED_PATH,
  enrolledRows,
  installCommandsPage,
  installPage,
  installRefusal,
} from './agentInstallPages';
import { json } from './html';
import { checked, endpointsOf, handleSchema, type LinkPage } from './page';

export type AgentInstallDeps = InstallLinkDeps &
  EnrolledDeps & {
    publicUrl: string;
    /** The program that machines download; undefined while this Keyturn has none. */
    agentProgram(): Promise<AgentProgram | undefined>;
    log: Log;
  };

const { path } = installLink;
const face = { refusal: installRefusal };
const NOT_WHOLE = 'This link is not whole. Choose “Install agent” on the customer’s card.';
const NO_PROGRAM =
  'This Keyturn has no agent program to hand out. Its operator has to build it (npm run agent:build) and start Keyturn again.';

/**
 * The page that shows the install commands. Only the form makes them, so a scanner or preview that opens the
 * link first does not use it up. The open page then asks which agents have enrolled.
 */
export function createAgentInstallPage(deps: AgentInstallDeps): LinkPage {
  const { get, post } = endpointsOf(deps, face);
  const endpoints = [
    get(path, (request) => opened(deps, request)),
    post(path, (request) => shown(deps, request)),
  ];
  const visited = [get(ENROLLED_PATH, (request) => enrolled(deps, request))];
  return { policy: installLink, title: 'Install an agent', face, endpoints, visited };
}

async function opened(deps: AgentInstallDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, query, NOT_WHOLE);
  return installPage(await openInstallLink(deps, handle), handle);
}

async function shown(deps: AgentInstallDeps, { body }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, body, NOT_WHOLE);
  const program = await deps.agentProgram();
  if (!program) return installRefusal(503, NO_PROGRAM);
  const made = await useInstallLink(deps, handle);
  return installCommandsPage({ ...made, program, publicUrl: deps.publicUrl, handle });
}

async function enrolled(deps: AgentInstallDeps, { query }: HttpRequest): Promise<HttpResponse> {
  const { h: handle } = checked(handleSchema, query, NOT_WHOLE);
  return json(enrolledRows(await enrolledBy(deps, handle)));
}
