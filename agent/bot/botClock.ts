import type { AgentClock } from '../ports';

/** The bot's time, learnt from its answers. This machine's clock may be wrong by days. */
export interface BotClock extends AgentClock {
  /** `botNow`: the time in an answer that has just arrived. The error is at most the time of its way here. */
  learn(botNow: number): void;
  /** The bot's clock minus this machine's clock, in milliseconds. */
  skewMs(): number;
}

export function createBotClock(localNow: () => number): BotClock {
  let skew = 0;
  return {
    now: () => localNow() + skew,
    learn(botNow) {
      skew = Math.round(botNow - localNow());
    },
    skewMs: () => skew,
  };
}
