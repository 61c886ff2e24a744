import { setTimeout as pause } from 'node:timers/promises';
import { createMembers } from '../../bot/access/members';
import { createBackground } from '../../bot/background';
import { createAdapter } from '../../bot/channel/createAdapter';
import { dispatch } from '../../bot/notifications/dispatcher';
import { createSubjects } from '../../bot/notifications/subjects';
import { createProactive } from '../../bot/sending/proactive';
import { createSendSlots, TEAMS_LIMITS } from '../../bot/sending/sendBudget';
import { systemClock as clock } from '../../bot/system';
import { openStorage } from '../../storage/openStorage';
import { silent as log } from '../stage/seed';

const notAsked = async () => ({ onPremisesSync: 'unknown' as const, domains: [], readAt: clock.now() });

/**
 * The part of the bot that sends notices, wired as in the bot, but without the limit of the tenant. It keeps
 * the limits of each conversation.
 */
async function main(folder: string): Promise<void> {
  const { stores } = await openStorage({ kind: 'sqlite', folder }, { clock, log });
  const adapter = createAdapter({ kind: 'localPlayground' }, { log });
  const deps = {
    stores,
    clock,
    log,
    firstAdmins: [],
    members: createMembers({ clock, tenantId: '' }),
    proactive: createProactive({ adapter, appId: '' }),
    slots: createSendSlots({ stores, clock, log, pause }, { thread: TEAMS_LIMITS.thread }),
    subjects: createSubjects({ stores, clock, directory: { syncEvidence: notAsked } }),
  };
  const chores = [{ name: 'notifications', everyMs: 500, run: () => dispatch(deps) }];
  createBackground(chores, {
    ...log,
    error: (fields, message) => process.stderr.write(`${message}: ${JSON.stringify(fields)}\n`),
  }).start();
  process.once('disconnect', () => process.exit(0));
  process.send?.(0);
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
