import { z } from 'zod';
import { INTEGRATION_DEEDS } from '../../cards/integrations';
import { knownIntegration } from '../../domain/integrations/changeIntegration';
import {
  pauseIntegration,
  resumeIntegration,
  testIntegration,
} from '../../domain/integrations/manageIntegration';
import { runCommand } from '../commands/calls/runCommand';
import { integrations } from '../commands/integrations';
import { beginImport } from '../commands/shared/beginImport';
import { showIntegrations } from '../views/showIntegrations';
import { cardAction } from './cardAction';

const AT_ONCE = { test: testIntegration, pause: pauseIntegration, resume: resumeIntegration };

/** The buttons of one integration. */
export const integration = cardAction({
  verb: 'integration',
  permission: 'integrations.manage',
  audience: 'personal',
  schema: z.object({ integrationId: z.string().max(100), do: z.enum(INTEGRATION_DEEDS) }),
  async handle(turn, { integrationId, do: deed }, deps) {
    if (deed === 'import') return beginImport(deps, turn, integrationId);
    if (deed === 'key' || deed === 'remove') {
      await knownIntegration(deps.stores.integrations, integrationId);
      await deps.dialogs.tidy(turn.context);
      return runCommand(turn, integrations, { args: { do: deed, integrationId } }, deps);
    }
    await AT_ONCE[deed](deps, turn.actor, { integrationId, requestId: turn.requestId });
    turn.replace(await showIntegrations(deps, turn.actor));
  },
});
