import { integrationsCard } from '../../cards/integrations';
import type { Badge, Card } from '../../cards/shared/card';
import { dateTime, line } from '../../cards/shared/time';
import { type ListedIntegration, listIntegrations } from '../../domain/integrations/listIntegrations';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';

/** The vendor accounts that organizations come from. */
export async function showIntegrations(deps: AppDeps, actor: Actor, problem?: string): Promise<Card> {
  const listed = await listIntegrations(deps, actor);
  return integrationsCard({
    rows: listed.map((each) => ({
      id: each.id,
      name: `${each.name}: ${each.linked.toLocaleString('en')} linked`,
      state: badgeOf(each),
      test: line`Tested ${dateTime(each.lastTest.at)}: ${each.lastTest.sentence}`,
      paused: each.state === 'paused',
    })),
    ...(problem && { problem }),
  });
}

function badgeOf({ state, lastTest }: ListedIntegration): Badge {
  if (state === 'paused') return { text: 'paused', tone: 'warning', symbol: '⏸\ufe0e' };
  return lastTest.ok
    ? { text: 'working', tone: 'good', symbol: '✓' }
    : { text: 'the last test failed', tone: 'attention', symbol: '✗' };
}
