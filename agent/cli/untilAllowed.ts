import { BotRefused } from '../bot/botFault';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';

/**
 * The bot waits half an hour for a person's answer. The agent waits a little longer, so that the bot is the
 * one to say that nobody answered.
 */
const WAIT_MS = 35 * 60_000;
const LEAST_MS = 5_000;

/**
 * Asks again while the bot waits for a person's word in Teams: may this key replace the agent that is
 * there? That agent keeps working meanwhile. Throws everything else that the bot says, and CliFault when it
 * takes too long.
 */
export async function untilAllowed<T>(ask: () => Promise<T>, deps: CliDeps): Promise<T> {
  const { timing, signal } = deps;
  const began = timing.now();
  for (let asked = 0; ; asked++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof BotRefused && error.waitsFor === 'person')) throw error;
      if (asked === 0) deps.print(`${error.sentence} ${WAITING}`);
      if (timing.now() - began >= WAIT_MS) throw new CliFault(EXIT.notAllowed, error.sentence);
      await timing.sleep(Math.max(LEAST_MS, error.retryAfterMs ?? 0), signal).catch((cause) => {
        throw signal.aborted ? new CliFault(EXIT.notAllowed, STOPPED, { cause }) : cause;
      });
    }
  }
}

const STOPPED = 'Stopped before somebody allowed it in Teams. Run the same command again.';
const WAITING =
  'This program waits up to half an hour for the answer and then goes on by itself. You can stop it and run the same command again later.';
