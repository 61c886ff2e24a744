import { homeCard } from '../../cards/home';
import { command, noArgs } from './command';
import { offered } from './shared/offered';

const GROUPS: [title: string, commands: Record<string, string>][] = [
  ['Every day', { customers: 'Customers', notify: 'Alerts', help: 'All commands' }],
  ['Set up', { 'add customer': 'Add customer', 'import organizations': 'Import organizations' }],
  ['Admin', { people: 'People', integrations: 'Integrations' }],
];

export const home = command({
  title: 'home',
  description: 'What you can start here',
  example: 'home',
  permission: undefined,
  listed: false,
  audience: 'anywhere',
  forms: { home: {} },
  ...noArgs,
  async run(turn, _args, deps) {
    const { commands, showsCustomers } = await offered(turn, deps);
    const here = new Set(commands.map(({ title }) => title));
    const groups = GROUPS.map(([title, buttons]) => ({
      title,
      actions: Object.entries(buttons).flatMap(([command, label]) =>
        here.has(command) ? [{ title: label, command }] : [],
      ),
    }));
    const name = turn.personal ? { name: turn.actor.name } : {};
    const { customers } = deps.stores;
    const begin = (await customers.count({ where: { status: 'active' } })) > 0 ? 'customers' : 'add customer';
    turn.say({ card: homeCard({ ...name, groups, showsCustomers, begin }) });
  },
});
