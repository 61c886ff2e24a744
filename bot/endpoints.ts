import { createAgentDownload } from '../api/agentDownload';
import { AGENT_INSTALL_PATH, createAgentInstallEndpoints } from '../api/agentInstall';
import { installRefusal } from '../api/agentInstallPages';
import { createImportListEndpoints, IMPORT_LIST_PATH, listRefusal } from '../api/importList';
import { createKeyEntryEndpoints, KEY_ENTRY_PATH } from '../api/keyEntry';
import { keyRefusal } from '../api/keyEntryPages';
import { createSignInEndpoints } from '../api/signIn';
import { behindStaffSignIn, type GateDeps, type Gated, staffReturned } from '../api/staffGate';
import { installLinkOwner } from '../domain/agents/installLink';
import type { Endpoint } from '../domain/http';
import { listLinkOwner } from '../domain/imports/listLink';
import { keyEntryOwner } from '../domain/integrations/openKeyEntry';
import type { VisitKind } from '../domain/links/visit';
import type { SignInDeps } from '../domain/tenants/signInAttempt';
import { createAgentProgram } from './agents/agentProgram';
import { teamsJs } from './teamsJs';

type Deps = SignInDeps &
  Omit<GateDeps, 'secureCookies'> &
  Omit<Parameters<typeof createKeyEntryEndpoints>[0], 'secureCookies'> &
  Parameters<typeof createImportListEndpoints>[0] &
  Omit<Parameters<typeof createAgentInstallEndpoints>[0], 'agentProgram'>;

/** What browsers, and the machines on which an agent is to be installed, ask for. */
export function browserEndpoints(deps: Deps, agentFolder: string): Endpoint[] {
  const secureCookies = deps.publicUrl.startsWith('https:');
  const gateDeps = { ...deps, secureCookies };
  const { program, file } = createAgentProgram(agentFolder);
  const pages = staffPages(deps);
  const endpoints: Record<VisitKind, Endpoint[]> = {
    keyEntry: createKeyEntryEndpoints(gateDeps),
    importList: createImportListEndpoints(deps),
    installAgent: createAgentInstallEndpoints({ ...deps, agentProgram: program }),
  };
  return [
    ...createSignInEndpoints({
      ...gateDeps,
      teamsJs: teamsJs(),
      staffReturned: (request, query) => staffReturned(gateDeps, pages, request, query),
    }),
    ...pages.flatMap((page) => behindStaffSignIn(gateDeps, page, endpoints[page.kind])),
    createAgentDownload(file),
  ];
}

/** The pages that show or take a secret of the MSP: each is for one of its people, who signs in for it. */
const staffPages = (deps: Deps): Gated[] => [
  {
    kind: 'keyEntry',
    path: KEY_ENTRY_PATH,
    title: 'Enter an API key',
    owner: (handle) => keyEntryOwner(deps, handle),
    refusal: keyRefusal,
  },
  {
    kind: 'importList',
    path: IMPORT_LIST_PATH,
    title: 'The list of an import',
    owner: (handle) => listLinkOwner(deps, handle),
    refusal: listRefusal,
  },
  {
    kind: 'installAgent',
    path: AGENT_INSTALL_PATH,
    title: 'Install an agent',
    owner: (handle) => installLinkOwner(deps, handle),
    refusal: installRefusal,
  },
];
