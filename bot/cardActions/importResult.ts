import { z } from 'zod';
import { OUTCOMES } from '../../cards/importResult';
import { showImport } from '../views/showImport';
import { cardAction } from './cardAction';

/** Which list of what an import did a button shows. */
export const pageOfResult = z.object({
  runId: z.string().max(100),
  outcome: z.enum(OUTCOMES).optional().catch(undefined),
  page: z.coerce.number().int().min(0).max(1_000_000).catch(0),
});

/** The lists of what an import did, by outcome and page. */
export const importResult = cardAction({
  verb: 'importResult',
  permission: 'organizations.import',
  schema: pageOfResult,
  async handle(turn, { runId, outcome, page }, deps) {
    turn.replace(await showImport(deps, turn.actor, runId, { page, ...(outcome && { outcome }) }));
  },
});
