import { pages } from '../../stores/pages';
import { daily, type ScheduleKind } from '../scheduleKind';

/** Looks at the linked organizations of each integration; rests while the integration is paused. */
export const organizationRefresh: ScheduleKind<{ integrationId: string }> = {
  kind: 'refreshOrganizations',
  rule: daily,
  input: (integrationId) => ({ integrationId }),
  async occurrence({ integrations }, integrationId) {
    const integration = (await integrations.get(integrationId))?.value;
    if (!integration) return 'ends';
    return integration.state === 'active' ? 'goes' : 'rests';
  },
  async *subjects({ integrations }) {
    for await (const page of pages(integrations, {})) yield page.map(({ id }) => ({ id }));
  },
};
