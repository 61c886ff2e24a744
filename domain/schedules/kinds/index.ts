import type { ScheduleKind } from '../scheduleKind';
import { organizationRefresh } from './organizationRefresh';
import { tenantWatch } from './tenantWatch';

/** Every kind of schedule. */
export const scheduleKinds: readonly ScheduleKind[] = [tenantWatch, organizationRefresh];
