import type { AgentClock } from '../ports';

/** The bot's time, learnt from its answers: this machine's clock may be wrong by days. */
export interface BotClock extends AgentClock {
  /** `now` of an answer that has just come; wrong by no more than its way here. */
  learn(botNow: number): void;
  /** Bot's clock less this machine's, in milliseconds. */
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
