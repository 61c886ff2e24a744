import { z } from 'zod';
import { nameKeyOf } from '../../domain/customers/customerName';
import { INTEGRATION_GONE } from '../../domain/integrations/changeIntegration';
import { INTEGRATION_KINDS, type IntegrationKind } from '../../domain/integrations/integration';
import type { AppDeps, Understood } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showIntegrations } from '../views/showIntegrations';
import { command } from './command';

const integrationId = z.string().max(100);
const args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show') }),
  z.object({ do: z.literal('add'), kind: z.enum(INTEGRATION_KINDS) }),
  z.object({ do: z.literal('key'), integrationId }),
  z.object({ do: z.literal('remove'), integrationId }),
]);
type Args = z.infer<typeof args>;

export const integrations = command({
  title: 'integrations',
  also: ['integration', 'it glue', 'hudu'],
  description: 'The IT Glue and Hudu accounts that organizations come from (admins)',
  example: 'integrations add hudu',
  permission: 'integrations.manage',
  listed: false,
  group: 'admin',
  audience: 'personal',
  args,
  async fromText(_turn, text, deps): Promise<Understood<Args>> {
    const kind = /^add\b/i.test(text) ? kindIn(text) : undefined;
    if (kind) return { args: { do: 'add', kind } };
    const [, deed = '', name = ''] = /^(remove|replace key of)\s+(.+)$/i.exec(text) ?? [];
    if (!name) return { args: { do: 'show' } };
    const known = await deps.stores.integrations.find('name', nameKeyOf(name));
    if (!known) return { ask: [{ text: INTEGRATION_GONE }] };
    return { args: { do: deed.toLowerCase() === 'remove' ? 'remove' : 'key', integrationId: known.id } };
  },
  async run(turn, asked, deps) {
    if (asked.do === 'show') return turn.say({ card: await showIntegrations(deps, turn.actor) });
    await begin(turn, asked, deps);
  },
});

function begin(turn: Turn, asked: Exclude<Args, { do: 'show' }>, deps: AppDeps): Promise<void> {
  const { do: deed, ...options } = asked;
  return deps.dialogs.start(
    turn.context,
    deed === 'remove' ? 'removeIntegration' : 'addIntegration',
    options,
  );
}

function kindIn(text: string): IntegrationKind | undefined {
  if (/hudu/i.test(text)) return 'hudu';
  return /it\s*glue/i.test(text) ? 'itglue' : undefined;
}
