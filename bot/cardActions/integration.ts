import { z } from 'zod';
import { INTEGRATION_DEEDS } from '../../cards/integrations';
import { knownIntegration } from '../../domain/integrations/changeIntegration';
import {
  pauseIntegration,
  resumeIntegration,
  testIntegration,
} from '../../domain/integrations/manageIntegration';
import { integrations } from '../commands/integrations';
import { runCommand } from '../commands/runCommand';
import { showIntegrations } from '../views/showIntegrations';
import { startImport } from '../views/startImport';
import { cardAction } from './cardAction';

const AT_ONCE = { test: testIntegration, pause: pauseIntegration, resume: resumeIntegration };

/** As they are typed: in the middle of something else they are asked about first, like everything that is typed. */
const PHRASES = { key: 'replace key of', remove: 'remove' };

/** The buttons of one integration. */
export const integration = cardAction({
  verb: 'integration',
  permission: 'integrations.manage',
  audience: 'personal',
  schema: z.object({ integrationId: z.string().max(100), do: z.enum(INTEGRATION_DEEDS) }),
  async handle(turn, { integrationId, do: deed }, deps) {
    if (deed === 'import') return startImport(deps, turn, integrationId);
    if (deed === 'key' || deed === 'remove') {
      const { name } = (await knownIntegration(deps.integrations, integrationId)).value;
      await deps.dialogs.tidy(turn.context);
      return runCommand(turn, integrations, { text: `${PHRASES[deed]} ${name}` }, deps);
    }
    await AT_ONCE[deed](deps, turn.actor, { integrationId, requestId: turn.requestId });
    turn.replace(await showIntegrations(deps, turn.actor));
  },
});
