import { z } from 'zod';
import { cancelImport } from '../../domain/imports/changeRun';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';

/** Ends an import; what it has made so far stays. */
export const importCancel = cardAction({
  verb: 'importCancel',
  permission: 'organizations.import',
  schema: z.object({ runId: z.string().max(100) }),
  async handle(turn, { runId }, deps) {
    await cancelImport(deps, turn.actor, { runId, requestId: turn.requestId });
    turn.replace(await showImport(deps, turn.actor, runId));
  },
});
