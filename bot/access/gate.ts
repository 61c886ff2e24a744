import type { TurnContext } from 'botbuilder';
import { auditRefusal } from '../../domain/audit/recordAudit';
import { hourly } from '../../domain/audit/refusals';
import { tryLater } from '../../domain/errors';
import { actorOf, adminNames } from '../../domain/people/people';
import { type Actor, UNNAMED } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import type { Sender } from '../channel/envelope';

/**
 * Whether the bot serves this turn: a person with a role becomes an actor; everybody else gets one sentence.
 */
export type Admission = { actor: Actor } | { refusal: string };

type GateDeps = Pick<AppDeps, 'stores' | 'clock' | 'log' | 'firstAdmins' | 'tenantId' | 'members'>;

const FOREIGN =
  'I work for one organization only, and I can’t help you here. Please ask your own IT support.';

/** Checks again in every turn, and refuses when the check is impossible. */
export async function admit(deps: GateDeps, context: TurnContext, sender: Sender): Promise<Admission> {
  const { personId, tenantIds } = sender;
  if (!personId || tenantIds.length === 0 || tenantIds.some((id) => id !== deps.tenantId))
    return refused(deps, sender, 'foreign', FOREIGN);
  const member = await lookup(deps, context, sender);
  if (member.guest || (member.personId && member.personId !== personId))
    return refused(deps, sender, 'foreign', FOREIGN);
  const actor = await actorOf(deps, {
    id: personId,
    name: sender.name === UNNAMED ? member.name : sender.name,
    conversationId: sender.conversationId,
  });
  return actor ? { actor } : refused(deps, sender, 'no role', await askForRole(deps));
}

/** Notes the refusal in the audit trail, once an hour for each person, so that nobody can fill it. */
async function refused(deps: GateDeps, sender: Sender, reason: string, refusal: string): Promise<Admission> {
  const actor = nobody(sender);
  deps.log.debug?.({ personId: actor.id, conversationId: actor.conversationId, reason }, 'not served');
  await auditRefusal(deps, actor, hourly(deps, actor.id, reason), { target: 'Keyturn', reason });
  return { refusal };
}

/** An actor of whom only the channel's words are known. */
export const nobody = (sender: Sender): Actor => ({
  id: sender.personId ?? sender.channelUserId,
  name: sender.name,
  permissions: new Set(),
  conversationId: sender.conversationId,
});

async function lookup(deps: GateDeps, context: TurnContext, sender: Sender) {
  try {
    return await deps.members.lookup(context, sender.channelUserId);
  } catch (error) {
    deps.log.warn({ err: error }, 'membership could not be checked');
    throw tryLater(
      'I couldn’t check with Teams who you are, so I did nothing. Please try again in a minute.',
      error,
    );
  }
}

async function askForRole(deps: GateDeps): Promise<string> {
  const names = await adminNames(deps);
  const whom = names.length > 0 ? names.slice(0, 5).join(', ') : 'your Keyturn admin';
  return `You don’t have a role in Keyturn yet. Ask ${whom} to type “people” here and add you.`;
}
