import { startImport } from '../../../domain/imports/startImport';
import type { AppDeps } from '../../appDeps';
import { enqueueReading } from '../../jobs/importJob';
import type { Turn } from '../../turns/turn';
import { showImport } from '../../views/showImport';

/** Begins an import in this conversation, or shows the one that is already open. */
export async function beginImport(deps: AppDeps, turn: Turn, integrationId: string): Promise<void> {
  const { requestId } = turn;
  const { run, joined } = await startImport(deps, turn.actor, { integrationId, requestId });
  if (run.value.state === 'reading') await enqueueReading(deps, turn, run.id);
  if (joined) turn.say({ card: await showImport(deps, turn.actor, run.id) });
  else
    turn.say({ text: `Reading the organizations of ${run.value.integrationName}. This goes on by itself.` });
}
