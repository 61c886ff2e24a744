import { z } from 'zod';
import { offerCard } from '../../cards/offer';
import { textAs } from '../understanding/takers/text';
import { command, mayRun } from './command';

/** What people ask for and Keyturn does not do, and the commands that come near it. */
const CANNOT = {
  resetPassword: {
    what: 'reset passwords',
    instead: 'I tell you about each reset that happens in a customer’s Active Directory.',
    near: { customers: 'Customers', notify: 'Alerts' },
  },
  unlockAccount: { what: 'unlock accounts', instead: '', near: { customers: 'Customers' } },
  manageUser: {
    what: 'create, block or delete users',
    instead: '',
    near: { customers: 'Customers', people: 'People' },
  },
  approve: { what: 'ask for approvals or give them', instead: '', near: {} },
} as const;
type What = keyof typeof CANNOT;

const asking = (what: What) => ({ args: { what }, takes: textAs('about'), talk: true }) as const;

/** Says plainly what Keyturn cannot do yet, so that nobody waits for it or tries other words. */
export const cannot = command({
  title: 'cannot',
  description: 'What I can’t do yet',
  example: 'reset password',
  permission: undefined,
  listed: false,
  audience: 'anywhere',
  duringDialog: true,
  forms: {
    'reset password': asking('resetPassword'),
    'unlock account': asking('unlockAccount'),
    'create user': asking('manageUser'),
    approve: asking('approve'),
  },
  args: z.object({ what: z.enum(Object.keys(CANNOT) as [What, ...What[]]) }),
  async run(turn, { what }, deps) {
    const { what: deed, instead, near } = CANNOT[what];
    const buttons = Object.entries(near).flatMap(([command, title]) => {
      const known = deps.commands.find((each) => each.title === command);
      return known && mayRun(turn.actor, known) ? [{ title, command }] : [];
    });
    turn.say({
      card: offerCard({
        title: `I can’t ${deed} yet`,
        text: [instead, 'Nothing was changed.'].filter(Boolean).join(' '),
        buttons: [...buttons, { title: 'All commands', command: 'help' }],
      }),
    });
  },
});
