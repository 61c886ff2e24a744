import { z } from 'zod';
import { finishedCard } from '../../cards/finished';
import { counted, listed } from '../../cards/shared/format';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import type { JobRun } from '../../domain/jobs/jobRun';
import { refreshIntegration } from '../../domain/organizations/refreshIntegration';
import type { Refreshed } from '../../domain/organizations/refreshLinks';
import { organizationRefresh } from '../../domain/schedules/kinds/organizationRefresh';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { cardMessage } from '../turns/reply';
import type { Turn } from '../turns/turn';
import { jobKind } from './jobKind';

const refreshInput = z.object({
  integrationId: z.string(),
  /** The conversation in which somebody asked for it; the daily refresh speaks in none. */
  reference: z.unknown().optional(),
});

/** Checks the linked organizations of one integration. Changes only what the links show. */
export const refreshOrganizations = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: organizationRefresh.kind,
    schema: refreshInput,
    async handle({ integrationId, reference }, run) {
      const said = await refreshed(deps, integrationId, run);
      if (said && reference !== undefined)
        await proactive.in(reference, (context) =>
          context.sendActivity(cardMessage(finishedCard(said))).then(() => undefined),
        );
      return undefined;
    },
  });

async function refreshed(deps: AppDeps, integrationId: string, run: JobRun) {
  const found = await refreshIntegration(deps, integrationId, run);
  if ('name' in found)
    return { title: found.name, lines: [foundWords(found.refreshed)], tone: 'good' as const };
  const { why, err } = found;
  deps.log.warn({ err, integration: integrationId }, 'organizations were not refreshed');
  return { title: 'Not refreshed', lines: [why], tone: 'warning' as const };
}

function foundWords({ links, unconfirmed, ...changes }: Refreshed): string {
  const words: Record<keyof typeof changes, string> = {
    renamed: 'renamed',
    archived: 'archived',
    inactive: 'inactive',
    gone: 'not there any more',
    merged: 'gone, and seem merged into another one',
  };
  const found = (Object.keys(words) as (keyof typeof changes)[])
    .filter((key) => changes[key] > 0)
    .map((key) => `${changes[key].toLocaleString('en')} ${words[key]}`);
  const news =
    found.length > 0
      ? `New since the last look: ${listed(found)}. See the customers’ cards.`
      : 'Nothing new.';
  const left = unconfirmed > 0 ? ` ${counted(unconfirmed, 'organization')} could not be looked up.` : '';
  return `${counted(links, 'linked organization')} looked at. ${news}${left}`;
}

/** For a refresh on demand: says in this conversation what it found. */
export const enqueueRefresh = (deps: AppDeps, turn: Turn, integrationId: string): Promise<void> =>
  enqueueJob(deps, {
    id: `refresh:${integrationId}:${turn.requestId}`,
    kind: organizationRefresh.kind,
    input: { integrationId, reference: turn.reference },
  });
