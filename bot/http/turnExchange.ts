import type { Request, Response } from 'botbuilder';
import type { Activity } from 'botframework-schema';

export type ProcessTurn = (request: Request, response: Response) => Promise<void>;

/** What a turn answered: for an invoke its value, else nothing. */
export interface TurnAnswer {
  status: number;
  body?: object;
}

/**
 * Lets the adapter work on a verified activity and collects its answer. Texts are left out: the SDK answers with the message of
 * whatever was thrown.
 */
export async function processTurn(
  process: ProcessTurn,
  activity: Activity,
  authorization?: string,
): Promise<TurnAnswer> {
  const answer: TurnAnswer = { status: 200 };
  const response: Response = {
    socket: undefined,
    status: (code) => {
      answer.status = code;
    },
    send: (body) => {
      if (typeof body === 'object' && body !== null) answer.body = body;
    },
    header: () => undefined,
    end: () => undefined,
  };
  await process({ method: 'POST', headers: { authorization }, body: { ...activity } }, response);
  return answer;
}
