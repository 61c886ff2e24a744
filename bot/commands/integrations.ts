import { nameKeyOf } from '../../domain/customers/customerName';
import { notFound } from '../../domain/errors';
import { INTEGRATION_GONE } from '../../domain/integrations/keyEntrySentences';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showIntegrations } from '../views/showIntegrations';
import type { Command } from './command';

export const integrations: Command = {
  title: 'integrations',
  also: ['integration', 'it glue', 'hudu'],
  description: 'The IT Glue and Hudu accounts that organizations come from (admins)',
  example: 'integrations add hudu',
  permission: 'integrations.manage',
  listed: 'inHelp',
  audience: 'personal',
  async run(turn, { text }, deps) {
    const kind = /^add\b/i.test(text) ? kindIn(text) : undefined;
    if (kind) return deps.dialogs.start(turn.context, 'addIntegration', { kind });
    const [, deed = '', name = ''] = /^(remove|replace key of)\s+(.+)$/i.exec(text) ?? [];
    if (name) return change(turn, deed.toLowerCase() === 'remove' ? 'remove' : 'key', name, deps);
    turn.say({ card: await showIntegrations(deps, turn.actor) });
  },
};

/** Begins to remove an integration, or to replace its key, by its name: names are unique. */
async function change(turn: Turn, deed: 'remove' | 'key', name: string, deps: AppDeps): Promise<void> {
  const known = await deps.integrations.find('name', nameKeyOf(name));
  if (!known) throw notFound(INTEGRATION_GONE);
  const dialog = deed === 'remove' ? 'removeIntegration' : 'addIntegration';
  await deps.dialogs.start(turn.context, dialog, { integrationId: known.id });
}

function kindIn(text: string): 'itglue' | 'hudu' | undefined {
  if (/hudu/i.test(text)) return 'hudu';
  return /it\s*glue/i.test(text) ? 'itglue' : undefined;
}
