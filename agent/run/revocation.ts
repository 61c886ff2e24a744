import { EventEmitter, once } from 'node:events';
import { BotRefused } from '../bot/botFault';
import type { AgentLog } from '../ports';

/** Whether the bot has revoked the agent. A revoked agent sends nothing and keeps what it sees. */
export interface Revocation {
  /** Resolves while the agent may send; throws when the signal is aborted. */
  allowed(signal: AbortSignal): Promise<void>;
  isRevoked(): boolean;
  /** Notes every answer of the bot (no `error`) and every refusal. */
  note(error?: unknown): void;
}

export function createRevocation(log: AgentLog): Revocation {
  let revoked = false;
  const changes = new EventEmitter().setMaxListeners(0);
  return {
    async allowed(signal) {
      signal.throwIfAborted();
      while (revoked) await once(changes, 'allowed', { signal });
    },
    isRevoked: () => revoked,
    note(error) {
      const refused = error instanceof BotRefused && error.code === 'revoked';
      if (refused && !revoked) {
        revoked = true;
        log.error(
          {},
          'the agent was revoked in Teams: it sends nothing, keeps what it sees, and asks again every hour',
        );
      }
      if (error === undefined && revoked) {
        revoked = false;
        log.info({}, 'the agent is no longer revoked');
        changes.emit('allowed');
      }
    },
  };
}
