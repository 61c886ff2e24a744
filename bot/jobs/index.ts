import type { AppDeps } from '../appDeps';
import type { Proactive } from '../proactive';
import { checkTenant } from './checkTenant';
import type { JobKind } from './jobKind';

/** Every kind of background work. */
export const jobKinds = (deps: AppDeps, proactive: Proactive): readonly JobKind[] => [
  checkTenant(deps, proactive),
];
