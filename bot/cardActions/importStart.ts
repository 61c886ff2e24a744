import { z } from 'zod';
import { beginImport } from '../commands/shared/beginImport';
import { cardAction } from './cardAction';

/** Begins a new import. */
export const importStart = cardAction({
  verb: 'importStart',
  permission: 'organizations.import',
  schema: z.object({ integrationId: z.string().max(100) }),
  async handle(turn, { integrationId }, deps) {
    await beginImport(deps, turn, integrationId);
  },
});
