import { conflict, notFound, VersionConflict } from '../errors';
import type { Clock, Stored } from '../ports';
import type { Stores } from '../stores/stores';
import type { Integration } from './integration';
import { INTEGRATION_GONE } from './keyEntrySentences';

const TRIES = 5;

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
 * Applies `change` to the integration as it stands now, again if somebody else changed it in between. `change` must be
 * safe to call more than once; `changedAt` is set here. Throws notFound, conflict, and what `change` throws.
 */
export async function changeIntegration(
  deps: { integrations: Stores['integrations']; clock: Clock },
  id: string,
  change: (integration: Integration) => Integration,
): Promise<Stored<Integration>> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const current = await knownIntegration(deps.integrations, id);
    try {
      return await deps.integrations.replace(current, {
        ...change(current.value),
        changedAt: deps.clock.now(),
      });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  throw conflict(
    'Somebody else is changing this integration right now. Nothing was changed; try again in a moment.',
  );
}
