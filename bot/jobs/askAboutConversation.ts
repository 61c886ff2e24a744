import { z } from 'zod';
import type { Card } from '../../cards/shared/card';
import type { JobRun } from '../../domain/jobs/jobRun';
import { chatsOf } from '../../domain/people/chatsOf';
import type { AppDeps } from '../appDeps';
import { ASK_ABOUT_CONVERSATION, toldNow } from '../notifications/toldNow';
import type { Proactive } from '../sending/proactive';
import { classified } from '../sending/sendResult';
import { cardMessage, putMessage } from '../turns/reply';
import { conversationQuestion } from '../views/conversationQuestion';
import { jobKind } from './jobKind';

const input = z.object({ placeId: z.string() });
const progress = z.object({ asked: z.array(z.string()) }).catch(() => ({ asked: [] }));

/**
 * Asks every admin once, in their personal chat, what should happen to a shared conversation that may get no
 * notices.
 */
export const askAboutConversation = (deps: AppDeps, proactive: Proactive) =>
  jobKind({
    kind: ASK_ABOUT_CONVERSATION,
    schema: input,
    async handle({ placeId: conversationId }, run) {
      const subscription = await deps.stores.subscriptions.get(conversationId);
      const known = await deps.stores.references.get(conversationId);
      if (!subscription || !known?.value.installed) return undefined;
      const verdict = await toldNow({ ...deps, proactive }, subscription, known);
      if (verdict.told || verdict.why === 'noRole') return undefined;
      const { why, words } = verdict;
      const card = conversationQuestion(subscription, { why, words }, known.value);
      const asked = await askAdmins(deps, proactive, run, card);
      if (asked === 0)
        deps.log.warn({ conversationId }, 'no admin could be asked about a shared conversation');
      return undefined;
    },
  });

async function askAdmins(deps: AppDeps, proactive: Proactive, run: JobRun, card: Card) {
  const { asked } = progress.parse(run.progress);
  for (const { id, value } of await chatsOf(deps, 'notifications.manage')) {
    if (asked.includes(id)) continue;
    const result = await classified(() =>
      proactive.in(value.reference, (context) => putMessage(context, cardMessage(card))),
    );
    if (result.kind !== 'sent') continue;
    asked.push(id);
    await run.save({ asked });
  }
  return asked.length;
}
