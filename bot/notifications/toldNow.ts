import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import { enqueueJob } from '../../domain/jobs/enqueueJob';
import { LOOKED_MS, mayBeTold, type Verdict } from '../../domain/notifications/mayBeTold';
import type { Subscription } from '../../domain/notifications/notification';
import type { Stored } from '../../domain/ports';
import { membersOf } from '../access/conversationMembers';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';

export type ToldNowDeps = Pick<AppDeps, 'stores' | 'clock' | 'log' | 'members' | 'firstAdmins'> & {
  proactive: Proactive;
};

export const ASK_ABOUT_CONVERSATION = 'askAboutPlace';
const WEEK_MS = 7 * 24 * 60 * 60_000;

/**
 * Whether this conversation may be told about customers now. The members of a shared conversation are looked
 * up when nobody has done so within a day. An admin is asked, once a week, about what a person has to change.
 */
export async function toldNow(
  deps: ToldNowDeps,
  { id, value }: Stored<Subscription>,
  known: Stored<ConversationReferenceRecord>,
): Promise<Verdict> {
  const now = deps.clock.now();
  const members =
    value.scope === 'personal'
      ? undefined
      : await membersOf(deps, id, LOOKED_MS, (work) => deps.proactive.in(known.value.reference, work));
  const verdict = await mayBeTold(deps, value, members, now);
  const looked = known.value.members?.lookedAt ?? value.changedAt;
  // When Teams does not answer, that usually ends soon; people are asked only when it goes on.
  const asks =
    !verdict.told && (verdict.why === 'notLooked' ? looked + 2 * LOOKED_MS < now : verdict.why !== 'noRole');
  if (!verdict.told && asks) {
    const jobId = `askAboutPlace:${verdict.why}:${Math.floor(now / WEEK_MS)}:${id}`;
    await enqueueJob(deps, { id: jobId, kind: ASK_ABOUT_CONVERSATION, input: { placeId: id } });
  }
  return verdict;
}
