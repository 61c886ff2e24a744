import { z } from 'zod';
import { knownIntegration } from '../../../domain/integrations/changeIntegration';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';

/** A command about one connected account of IT Glue or Hudu. */
export const onIntegration = (
  run: (turn: Turn, integrationId: string, deps: AppDeps) => Promise<void>,
): Pick<Command<{ integrationId: string }>, 'args' | 'run'> => ({
  args: z.object({ integrationId: z.string().max(100) }),
  async run(turn, { integrationId }, deps) {
    await run(turn, (await knownIntegration(deps.stores.integrations, integrationId)).id, deps);
  },
});
