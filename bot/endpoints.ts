import { createAgentDownload } from '../api/agentDownload';
import { createAgentInstallPage } from '../api/agentInstall';
import { createImportListPage } from '../api/importList';
import { createKeyEntryPage } from '../api/keyEntry';
import type { LinkPage } from '../api/page';
import { pageScript } from '../api/pageScript';
import { createSignInPage } from '../api/signIn';
import { gated, type StaffGateDeps, staffReturned } from '../api/staffGate';
import type { Endpoint } from '../domain/http';
import type { LinkKindName } from '../domain/links/linkKinds';
import { createAgentProgram } from './agents/agentProgram';
import { teamsJs } from './teamsJs';

type Deps = Omit<StaffGateDeps, 'secureCookies'> &
  Omit<Parameters<typeof createSignInPage>[0], 'secureCookies' | 'teamsJs' | 'staffReturned'> &
  Omit<Parameters<typeof createKeyEntryPage>[0], 'secureCookies'> &
  Parameters<typeof createImportListPage>[0] &
  Omit<Parameters<typeof createAgentInstallPage>[0], 'agentProgram'>;

/** The endpoints for browsers and for machines on which an agent is installed. */
export function browserEndpoints(given: Deps, agentFolder: string): Endpoint[] {
  const deps = { ...given, secureCookies: given.publicUrl.startsWith('https:') };
  const { program, file } = createAgentProgram(agentFolder);
  const pages: Record<LinkKindName, LinkPage> = {
    signIn: createSignInPage({
      ...deps,
      teamsJs: teamsJs(),
      staffReturned: (request, query) => staffReturned(deps, Object.values(pages), request, query),
    }),
    keyEntry: createKeyEntryPage(deps),
    importList: createImportListPage(deps),
    installAgent: createAgentInstallPage({ ...deps, agentProgram: program }),
  };
  const shown = Object.values(pages).flatMap((page) => gated(deps, page));
  return [...shown, pageScript, createAgentDownload(file)];
}
