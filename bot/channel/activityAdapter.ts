import { CloudAdapter, type TurnContext } from 'botbuilder';
import { AuthenticationError, type ConnectorClient } from 'botframework-connector';
import type { Activity, ResourceResponse } from 'botframework-schema';
import { channelRequest } from './channelRequest';
import type { ReadActivity } from './envelope';

/** What a turn answered: for an invoke its value, else nothing. */
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
 * The SDK's adapter, which can also be given an activity that was taken in, checked and parsed by somebody else, and
 * which sends messages by the shortest way; its credentials and everything else stay the SDK's.
 */
export class ActivityAdapter extends CloudAdapter {
  /** Runs one turn. Throws what `logic` throws; 401 is what the SDK's own check refuses. */
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

  /** Without middleware, and without the SDK's revocable proxy around the context, which every look at the context pays for. */
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

/** Has the SDK's credentials sign a request, and takes the signature from it; none in the Playground. */
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

/** Where the conversation's activities are posted to, or one of them is replaced. */
function activitiesUrl({ serviceUrl, conversation }: Partial<Activity>, id?: string): URL {
  const base = `${serviceUrl?.replace(/\/+$/, '')}/v3/conversations/${encodeURIComponent(conversation?.id ?? '')}`;
  return new URL(`${base}/activities${id ? `/${encodeURIComponent(id)}` : ''}`);
}

const idOf = (answer: unknown): string => {
  const id = (answer as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : '';
};

/** A copy whose times are dates, beside them the texts they came as, as the SDK makes it. */
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
