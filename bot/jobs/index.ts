import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { applyImport } from './applyImport';
import { askAboutConversation } from './askAboutConversation';
import { askReplacement } from './askReplacement';
import { beginSchedules } from './beginSchedules';
import { checkTenant } from './checkTenant';
import { importOrganizations } from './importOrganizations';
import type { JobKind } from './jobKind';
import { proveArrival } from './proveArrival';
import { refreshOrganizations } from './refreshOrganizations';
import { tellEnrolment } from './tellEnrolment';
import { watchTenant } from './watchTenant';

/** Every kind of background work. */
export const jobKinds = (deps: AppDeps, proactive: Proactive): readonly JobKind[] => [
  checkTenant(deps, proactive),
  importOrganizations(deps, proactive),
  applyImport(deps, proactive),
  refreshOrganizations(deps, proactive),
  proveArrival(deps),
  watchTenant(deps),
  beginSchedules(deps),
  askAboutConversation(deps, proactive),
  askReplacement(deps, proactive),
  tellEnrolment(deps, proactive),
];
