import { z } from 'zod';
import { type NoticeData, noticeCard } from '../../cards/notice';
import type { ConversationReferenceRecord } from '../../domain/conversations/conversationState';
import type { Subscription } from '../../domain/notifications/notification';
import { ORPHANED_MS } from '../../domain/notifications/sharedPlace';
import { roleHolders } from '../../domain/people/roleHolders';
import type { Stored } from '../../domain/ports';
import type { AppDeps } from '../appDeps';
import { ASK_ABOUT_PLACE, toldNow } from '../notifications/toldPlace';
import type { Proactive } from '../proactive';
import { cardMessage } from '../turns/reply';
import { classified } from '../turns/sendResult';
import { type JobRun, jobKind } from './jobKind';

const input = z.object({ placeId: z.string() });
const progress = z.object({ asked: z.array(z.string()) }).catch(() => ({ asked: [] }));
const MOST_ADMINS = 50;

/** Asks every admin, in their personal chat, what is to become of a shared place that may be told nothing. Each is asked once. */
export const askAboutPlace = (deps: AppDeps, proactive: Proactive) =>
  jobKind<z.infer<typeof input>>({
    kind: ASK_ABOUT_PLACE,
    schema: input,
    async handle({ placeId }, run) {
      const subscription = await deps.stores.subscriptions.get(placeId);
      const known = await deps.stores.references.get(placeId);
      if (!subscription || !known?.value.installed) return undefined;
      const verdict = await toldNow({ ...deps, proactive }, subscription, known);
      if (verdict.told || verdict.why === 'noRole') return undefined;
      const card = noticeCard(questionOf(subscription, verdict, known.value));
      const asked = await askAdmins(deps, proactive, run, card);
      if (asked === 0) deps.log.warn({ placeId }, 'no admin could be asked about a shared place');
      return undefined;
    },
  });

async function askAdmins(
  deps: AppDeps,
  proactive: Proactive,
  run: JobRun,
  card: ReturnType<typeof noticeCard>,
) {
  const { asked } = progress.parse(run.progress);
  for (const { id, value } of await chatsOfAdmins(deps)) {
    if (asked.includes(id)) continue;
    const result = await classified(() =>
      proactive.in(value.reference, async (context) => (await context.sendActivity(cardMessage(card)))?.id),
    );
    if (result.kind !== 'sent') continue;
    asked.push(id);
    await run.save({ asked });
  }
  return asked.length;
}

async function chatsOfAdmins(deps: AppDeps): Promise<Stored<ConversationReferenceRecord>[]> {
  const admins = [...(await roleHolders(deps, 'notifications.manage'))].slice(0, MOST_ADMINS);
  const found = await Promise.all(
    admins.map((personId) => deps.stores.references.list({ where: { personId }, limit: 5 })),
  );
  return found
    .flatMap(({ items }) => items)
    .filter(({ value }) => value.installed && value.kind === 'personal');
}

/** How people know the place; the names of channels and chats come from Teams. */
function placeWords({ kind, reference }: ConversationReferenceRecord): string {
  const name = (reference as { conversation?: { name?: unknown } }).conversation?.name;
  const what = kind === 'channel' ? 'a channel' : 'a group chat';
  return typeof name === 'string' && name ? `${what}, “${name.slice(0, 100)}”` : what;
}

const DAYS = ORPHANED_MS / (24 * 60 * 60_000);
const TO_DO = {
  setter: `Take it over, or end it. Without an answer it ends after ${DAYS} days.`,
  members: 'Take them out of the place or give them a role, then look again; or end it.',
  notLooked: 'Look again in a while; or end it.',
};

function questionOf(
  { id: placeId, value }: Stored<Subscription>,
  { why, words }: { why: 'setter' | 'members' | 'notLooked' | 'noRole'; words: string },
  known: ConversationReferenceRecord,
): NoticeData {
  const choice = (title: string, act: string) => ({ title, verb: 'place', data: { placeId, do: act } });
  return {
    what: 'Nothing is told in',
    customer: placeWords(known),
    tone: 'warning',
    lead: `${words} What happens is kept, and told once this is settled.`,
    rows: [
      { title: 'What to do', lines: [TO_DO[why === 'noRole' ? 'setter' : why]] },
      { title: 'Set by', lines: [value.setBy.name] },
    ],
    buttons: [
      ...(why === 'setter' ? [choice('Take it over', 'take')] : [choice('Look again', 'look')]),
      choice('End it', 'end'),
    ],
  };
}
