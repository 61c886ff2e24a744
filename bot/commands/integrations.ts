import { showIntegrations } from '../views/showIntegrations';
import type { Command } from './command';

export const integrations: Command = {
  title: 'integrations',
  also: ['integration', 'it glue', 'hudu'],
  description: 'The IT Glue and Hudu accounts that organizations come from (admins)',
  example: 'integrations add hudu',
  permission: 'integrations.manage',
  listed: true,
  async run(turn, { text }, deps) {
    const kind = /^add\b/i.test(text) ? kindIn(text) : undefined;
    if (kind) return deps.dialogs.start(turn.context, 'addIntegration', { kind });
    turn.say({ card: await showIntegrations(deps, turn.actor) });
  },
};

function kindIn(text: string): 'itglue' | 'hudu' | undefined {
  if (/hudu/i.test(text)) return 'hudu';
  return /it\s*glue/i.test(text) ? 'itglue' : undefined;
}
