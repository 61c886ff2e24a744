import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { Teams } from './teams';

const ANSWER = Symbol('the answer of an invoke');
type Logic = (context: TurnContext) => Promise<void>;

/** Replaces the CloudAdapter for one instance of the bot: the same contexts, with Teams behind them. */
export class FakeEdge extends BotAdapter {
  constructor(private readonly teams: Teams) {
    super();
  }

  /** Passes an activity in; resolves to the invoke's answer. */
  async receive(
    activity: Partial<Activity>,
    logic: Logic,
  ): Promise<{ status: number; body?: unknown } | undefined> {
    const context = this.contextOf(structuredClone(activity));
    await this.runMiddleware(context, logic);
    return context.turnState.get(ANSWER);
  }

  override async continueConversationAsync(
    _who: unknown,
    reference: Partial<ConversationReference>,
    ...more: unknown[]
  ) {
    const activity = TurnContext.applyConversationReference(
      { type: 'event', name: 'ContinueConversation' },
      reference,
      true,
    );
    await this.runMiddleware(this.contextOf(activity), more.at(-1) as Logic);
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) {
      if (activity.type === 'invokeResponse') context.turnState.set(ANSWER, activity.value);
      responses.push({ id: activity.type === 'invokeResponse' ? '' : await this.teams.send(activity) });
    }
    return responses;
  }

  override async updateActivity(_context: TurnContext, activity: Partial<Activity>): Promise<void> {
    await this.teams.update(activity);
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('the bot deletes nothing');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('the bot continues with continueConversationAsync');
  }

  private contextOf(activity: Partial<Activity>): TurnContext {
    const context = new TurnContext(this, activity);
    const conversations = {
      getConversationMember: (conversation: string, id: string) => this.teams.member(conversation, id),
      getConversationPagedMembers: (id: string, { continuationToken }: { continuationToken?: string }) =>
        this.teams.roster(id, continuationToken),
    };
    context.turnState.set(this.ConnectorClientKey, { conversations });
    return context;
  }
}
