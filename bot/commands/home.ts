import { homeCard } from '../../cards/home';
import { command, mayRun, noArgs } from './command';

const OFFERED = ['add customer', 'customers', 'people', 'help'];

export const home = command({
  title: 'home',
  also: ['hi', 'hello', 'hey', 'start', 'menu'],
  description: 'What you can start here',
  example: 'home',
  permission: undefined,
  listed: false,
  audience: 'anywhere',
  wordless: true,
  ...noArgs,
  async run(turn, _args, deps) {
    const actions = deps.commands
      .filter((each) => OFFERED.includes(each.title) && mayRun(turn.actor, each))
      .map(({ title }) => ({ title: title.charAt(0).toUpperCase() + title.slice(1), command: title }))
      .sort((a, b) => OFFERED.indexOf(a.command) - OFFERED.indexOf(b.command));
    turn.say({ card: homeCard({ name: turn.actor.name, actions }) });
  },
});
