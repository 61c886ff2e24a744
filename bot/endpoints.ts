import { createAgentDownload } from '../api/agentDownload';
import { createAgentInstallEndpoints } from '../api/agentInstall';
import { createImportListEndpoints } from '../api/importList';
import { createKeyEntryEndpoints } from '../api/keyEntry';
import { createSignInEndpoints } from '../api/signIn';
import type { Endpoint } from '../domain/http';
import type { SignInDeps } from '../domain/tenants/signInAttempt';
import { createAgentProgram } from './agentProgram';
import { teamsJs } from './teamsJs';

type Deps = SignInDeps &
  Omit<Parameters<typeof createKeyEntryEndpoints>[0], 'secureCookies'> &
  Parameters<typeof createImportListEndpoints>[0] &
  Omit<Parameters<typeof createAgentInstallEndpoints>[0], 'agentProgram'>;

/** What browsers, and the machines on which an agent is to be installed, ask for. */
export function browserEndpoints(deps: Deps, agentFolder: string): Endpoint[] {
  const secureCookies = deps.publicUrl.startsWith('https:');
  const { program, file } = createAgentProgram(agentFolder);
  return [
    ...createSignInEndpoints({ ...deps, teamsJs: teamsJs(), secureCookies }),
    ...createKeyEntryEndpoints({ ...deps, secureCookies }),
    ...createImportListEndpoints(deps),
    ...createAgentInstallEndpoints({ ...deps, agentProgram: program }),
    createAgentDownload(file),
  ];
}
