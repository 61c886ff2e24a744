import { CloudAdapter, type TurnContext } from 'botbuilder';
import { AuthenticationError, type ConnectorClient } from 'botframework-connector';
import type { Activity, ResourceResponse } from 'botframework-schema';
import { channelRequest } from './channelRequest';
import type { ReadActivity } from './envelope';

/** What a turn answers: the value for an invoke, otherwise nothing. */
export interface TurnAnswer {
  status: number;
  body?: unknown;
}

const TIMES = [
  ['timestamp', 'rawTimestamp'],
  ['localTimestamp', 'rawLocalTimestamp'],
  ['expiration', 'rawExpiration'],
] as const;

/**
 * The SDK's adapter, which also takes an activity that other code has received, verified and parsed, and
 * sends messages by the shortest way. Its credentials and everything else stay the SDK's.
 */
export class ActivityAdapter extends CloudAdapter {
  /** Runs one turn. Throws what `logic` throws; the SDK's own check answers 401. */
  async answer(
    activity: ReadActivity,
    authorization: string | undefined,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnAnswer> {
    try {
      const response = await this.processActivity(authorization ?? '', withDates(activity), logic);
      return { status: response?.status ?? 200, body: response?.body };
    } catch (error) {
      if (error instanceof AuthenticationError) return { status: 401 };
      throw error;
    }
  }

  /**
   * Uses no middleware and no revocable proxy around the context: the SDK's proxy costs each access to the
   * context.
   */
  override async runMiddleware(
    context: TurnContext,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    if (context.activity.locale) context.locale = context.activity.locale;
    await logic(context);
  }

  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    if (activities.some(({ type }) => type !== 'message')) return super.sendActivities(context, activities);
    const responses: ResourceResponse[] = [];
    for (const { id: _none, ...activity } of activities) {
      const url = activitiesUrl(activity, activity.replyToId);
      responses.push({ id: idOf(await this.ask(context, 'POST', url, activity)) });
    }
    return responses;
  }

  override async updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    return { id: idOf(await this.ask(context, 'PUT', activitiesUrl(activity, activity.id), activity)) };
  }

  private async ask(
    context: TurnContext,
    method: 'POST' | 'PUT',
    url: URL,
    activity: Partial<Activity>,
  ): Promise<unknown> {
    const authorization = await authorizationOf(context.turnState.get(this.ConnectorClientKey));
    return channelRequest({
      method,
      url,
      body: JSON.stringify(activity),
      ...(authorization && { authorization }),
    });
  }
}

/** Lets the SDK's credentials sign a request and takes the signature from it; none in the Playground. */
async function authorizationOf(client: ConnectorClient): Promise<string | undefined> {
  let authorization: string | undefined;
  const set = (name: string, value: string | number) => {
    if (name.toLowerCase() === 'authorization') authorization = String(value);
  };
  const { credentials } = client as unknown as {
    credentials: { signRequest(request: object): Promise<unknown> };
  };
  await credentials.signRequest({ headers: { set } });
  return authorization;
}

/** The URL to post the conversation's activities to, or to replace one of them. */
function activitiesUrl({ serviceUrl, conversation }: Partial<Activity>, id?: string): URL {
  const base = `${serviceUrl?.replace(/\/+$/, '')}/v3/conversations/${encodeURIComponent(conversation?.id ?? '')}`;
  return new URL(`${base}/activities${id ? `/${encodeURIComponent(id)}` : ''}`);
}

const idOf = (answer: unknown): string => {
  const id = (answer as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : '';
};

/** A copy whose times are dates, beside the original texts, as the SDK makes it. */
function withDates(activity: ReadActivity): Activity {
  const copy: Record<string, unknown> = { ...activity };
  for (const [name, raw] of TIMES) {
    const text = copy[name];
    if (typeof text !== 'string') continue;
    copy[name] = new Date(text);
    copy[raw] = text;
  }
  return copy as unknown as Activity;
}
