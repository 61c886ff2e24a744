import { notFound } from '../../domain/errors';
import { showImport } from '../views/showImport';
import { command, noArgs } from './command';

/**
 * Leads from a shared chat, where the bot makes no link to the list, to the import's card in the personal
 * chat.
 */
export const importList = command({
  title: 'import list',
  description: 'What the last import did, and its list as a file',
  example: 'import list',
  permission: 'organizations.import',
  listed: false,
  forms: { 'import list': {} },
  ...noArgs,
  async run(turn, _args, deps) {
    const { items } = await deps.stores.importRuns.list({
      where: { state: 'done' },
      sort: { key: 'startedAt', descending: true },
      limit: 1,
    });
    const [last] = items;
    if (!last) throw notFound('No import has ended yet. Type “import organizations” to begin one.');
    turn.say({ card: await showImport(deps, turn.actor, last.id) });
  },
});
