import { CloudAdapter, type TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import type { Activity } from 'botframework-schema';

/** What a turn answered: for an invoke its value, else nothing. */
export interface TurnAnswer {
  status: number;
  body?: unknown;
}

const TIMES = ['timestamp', 'localTimestamp', 'expiration'] as const;

/** The SDK's adapter, which can also be given an activity that was taken in, checked and parsed by somebody else. */
export class ActivityAdapter extends CloudAdapter {
  /** Runs one turn. Throws what `logic` throws; 401 is what the SDK's own check refuses. */
  async answer(
    activity: Activity,
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
}

/** A copy whose times are dates, beside them the texts they came as, as the SDK makes it. */
function withDates(activity: Activity): Activity {
  const times = TIMES.filter((name) => typeof activity[name] === 'string').flatMap((name) => [
    [name, new Date(String(activity[name]))],
    [`raw${name[0]?.toUpperCase()}${name.slice(1)}`, activity[name]],
  ]);
  return { ...activity, ...Object.fromEntries(times) };
}
