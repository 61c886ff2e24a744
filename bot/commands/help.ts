import { helpCard } from '../../cards/help';
import type { HelpGroup } from '../appDeps';
import { command, noArgs } from './command';
import { offered } from './shared/offered';

const GROUPS: Record<HelpGroup, string> = { daily: 'Every day', setUp: 'Set up a customer', admin: 'Admin' };

export const help = command({
  title: 'help',
  description: 'What I can do, and what to type for it',
  example: 'help',
  permission: undefined,
  listed: true,
  audience: 'anywhere',
  duringDialog: true,
  forms: { help: {} },
  ...noArgs,
  async run(turn, _args, deps) {
    const { commands, showsCustomers } = await offered(turn, deps);
    const groups = Object.entries(GROUPS).map(([group, title]) => ({
      title,
      commands: commands
        .filter((each) => each.group === group)
        .map(({ title: command, description: says, example }) => ({ command, says, example })),
    }));
    turn.say({ card: helpCard({ groups, shared: !turn.personal, showsCustomers }) });
  },
});
