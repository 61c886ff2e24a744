import type { ScheduleKind } from '../scheduleKind';
import { organizationRefresh } from './organizationRefresh';
import { tenantWatch } from './tenantWatch';

/** Everything that is done again and again. */
export const scheduleKinds: readonly ScheduleKind[] = [tenantWatch, organizationRefresh];
