import { notFound } from '../errors';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Stores } from '../stores/stores';
import type { Integration } from './integration';

const INTEGRATION_GONE = 'That integration was removed. Type “integrations” to see those that are there.';

/** The integration with this id. Throws notFound. */
export async function knownIntegration(
  integrations: Stores['integrations'],
  id: string,
): Promise<Stored<Integration>> {
  const found = await integrations.get(id);
  if (!found) throw notFound(INTEGRATION_GONE);
  return found;
}

/**
 * Applies `changed` to the integration as it stands now, and again if somebody else changed it in between.
 * `changed` must be safe to call more than once; this function sets `changedAt`. Throws notFound, conflict,
 * and what `changed` throws.
 */
export function changeIntegration(
  deps: Needs<'integrations', 'clock'>,
  id: string,
  changed: (integration: Integration) => Integration,
): Promise<Stored<Integration>> {
  const dated = (integration: Integration) => ({ ...changed(integration), changedAt: deps.clock.now() });
  return change(deps.stores.integrations, id, dated, {
    gone: () => notFound(INTEGRATION_GONE),
    busy: 'Somebody else is changing this integration right now. Nothing was changed; try again in a moment.',
  });
}
