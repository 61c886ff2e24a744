import type { AgentLog, ResetLog } from '../ports';
import type { Timing } from '../timing';

const WAIT_MS = 2_500;

/** Who did it is asked for a few seconds and no longer: that a password was reset is told with or without it. */
export function boundedResetLog(resetLog: ResetLog, timing: Timing, log: AgentLog): ResetLog {
  return {
    async whoReset(account, changedAt) {
      const answered = new AbortController();
      const tooLong = timing.sleep(WAIT_MS, answered.signal).catch(() => undefined);
      try {
        return await Promise.race([resetLog.whoReset(account, changedAt), tooLong.then(() => undefined)]);
      } catch (error) {
        log.warn({ err: error }, 'who set a password is not known');
        return undefined;
      } finally {
        answered.abort();
      }
    },
  };
}
