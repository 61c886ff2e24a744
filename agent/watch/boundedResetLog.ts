import type { AgentLog, ResetLog } from '../ports';
import type { Timing } from '../timing';

const WAIT_MS = 2_500;

type Who = Awaited<ReturnType<ResetLog['whoReset']>>;

export interface WhoReset {
  /** Undefined: not known, or not yet. */
  who: Who;
  /** The log's final answer, when it takes longer than the reset can wait. Never rejects. */
  later?: Promise<Who>;
}
export type AskWho = (...asked: Parameters<ResetLog['whoReset']>) => Promise<WhoReset>;

/** Waits a few seconds to learn who reset the password: the agent tells the reset in any case. */
export function boundedResetLog(resetLog: ResetLog, timing: Timing, log: AgentLog): AskWho {
  return async (...asked) => {
    const answered = new AbortController();
    const tooLong = timing.sleep(WAIT_MS, answered.signal).catch(() => undefined);
    const answer = resetLog.whoReset(...asked).catch((error) => {
      log.warn({ err: error }, 'who set a password is not known');
      return undefined;
    });
    const known = answer.then((who): WhoReset => ({ who }));
    const found = await Promise.race([known, tooLong.then(() => ({ who: undefined, later: answer }))]);
    answered.abort();
    return found;
  };
}
