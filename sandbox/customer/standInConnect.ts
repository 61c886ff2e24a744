import { setTimeout as delay } from 'node:timers/promises';
import type { Connect } from '../../agent/sync/connect';

const CYCLE_MS = 1_500;

/**
 * Microsoft Entra Connect on the domain controller: a cycle takes a moment, and staging mode refuses to
 * start one.
 */
export function standInConnect(staging: () => boolean): Connect {
  let endsAt = 0;
  return {
    look: async () => ({
      sync: true,
      cloudSync: false,
      scheduler: {
        enabled: true,
        staging: staging(),
        suspended: false,
        inProgress: endsAt > Date.now(),
        running: [],
      },
    }),
    async startDelta() {
      endsAt = Date.now() + CYCLE_MS;
    },
    async waitUntilIdle(_first, _seconds, signal) {
      await delay(Math.max(0, endsAt - Date.now()), undefined, { signal });
      return true;
    },
  };
}
