import { z } from 'zod';
import { INTEGRATION_KINDS } from '../../domain/integrations/integration';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { address, anyIntegration, vendor } from '../understanding/takers/integration';
import { showIntegrations } from '../views/showIntegrations';
import { command } from './command';

const integrationId = z.string().max(100);
const args = z.discriminatedUnion('do', [
  z.object({ do: z.literal('show') }),
  z.object({ do: z.literal('add'), kind: z.enum(INTEGRATION_KINDS), host: z.string().max(300).optional() }),
  z.object({ do: z.literal('key'), integrationId }),
  z.object({ do: z.literal('remove'), integrationId }),
]);
type Args = z.infer<typeof args>;

export const integrations = command({
  title: 'integrations',
  description: 'The IT Glue and Hudu accounts that organizations come from (admins)',
  example: 'integrations add hudu',
  permission: 'integrations.manage',
  listed: false,
  group: 'admin',
  audience: 'personal',
  forms: {
    integrations: { args: { do: 'show' } },
    'integrations add': { args: { do: 'add' }, takes: vendor },
    'add hudu': { args: { do: 'add', kind: 'hudu' }, takes: address },
    'add it glue': { args: { do: 'add', kind: 'itglue' } },
    'integrations replace key': { args: { do: 'key' }, takes: anyIntegration },
    'integrations remove': { args: { do: 'remove' }, takes: anyIntegration, destructive: true },
  },
  args,
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
