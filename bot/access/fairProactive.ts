import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import { conversationKindOf, isPersonal } from '../../domain/conversations/conversationKind';
import type { AppDeps } from '../appDeps';
import type { Proactive } from '../sending/proactive';
import { whoMayNotIn } from './hearing';

interface Destination {
  conversation?: { id?: string; conversationType?: string };
  user?: { aadObjectId?: string };
}

/**
 * For later news of what somebody asked for in a shared conversation. The news is sent there while everybody
 * in it may see customers. Once somebody else reads along, it is sent to the personal chat of the person who
 * asked; without a personal chat, the conversation hears only that there is news.
 */
export const fairProactive = (deps: AppDeps, proactive: Proactive): Proactive => ({
  async in<T>(reference: unknown, work: (context: TurnContext) => Promise<T>): Promise<T> {
    const { conversation, user } = reference as Destination;
    if (isPersonal({ kind: conversationKindOf(conversation?.conversationType) }))
      return proactive.in(reference, work);
    const inConversation = <R>(look: (context: TurnContext) => Promise<R>) => proactive.in(reference, look);
    const why = await whoMayNotIn(deps, conversation?.id ?? '', inConversation);
    if (!why) return proactive.in(reference, work);
    const alone = await personalChatOf(deps, user?.aadObjectId?.toLowerCase());
    return alone === undefined
      ? proactive.in(reference, (context) => work(saysOnly(context, `${why} ${INSTEAD}`)))
      : proactive.in(alone, work);
  },
});

const INSTEAD =
  'I have news for the person who asked here. I do not show it to others. Ask me in our personal chat.';

async function personalChatOf({ stores }: AppDeps, personId: string | undefined): Promise<unknown> {
  if (!personId) return undefined;
  const { items } = await stores.references.list({ where: { personId }, limit: 5 });
  return items.find(({ value }) => value.installed && value.kind === 'personal')?.value.reference;
}

/** Every message and every update that is sent in this context becomes this sentence. */
function saysOnly(context: TurnContext, text: string): TurnContext {
  const mute = (activity: Partial<Activity>) => {
    const { attachments: _card, summary: _summary, ...rest } = activity;
    for (const key of Object.keys(activity)) delete activity[key as keyof Activity];
    Object.assign(activity, rest, { type: ActivityTypes.Message, text, textFormat: 'plain' });
  };
  context.onSendActivities((_context, activities, next) => {
    activities.forEach(mute);
    return next();
  });
  context.onUpdateActivity((_context, activity, next) => {
    mute(activity);
    return next();
  });
  return context;
}
