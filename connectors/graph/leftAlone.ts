import { LRUCache } from 'lru-cache';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/**
 * How many tenants are remembered at once as asking us to wait. When there are more, the oldest is forgotten.
 */
const KEPT = 2_000;

/**
 * Asks Microsoft about a tenant, except while Microsoft wants no requests for it. During that time the last
 * refusal is thrown again, with the time that is left.
 */
export function createLeftAlone(now: () => number = Date.now) {
  const until = new LRUCache<string, { at: number; refused: MicrosoftRefused }>({ max: KEPT });
  return async function leftAlone<T>(tenantId: string, ask: () => Promise<T>): Promise<T> {
    const asked = until.peek(tenantId);
    if (asked && asked.at > now()) {
      const { refusal, marks } = asked.refused;
      throw new MicrosoftRefused(refusal, { ...marks, waitMs: asked.at - now() });
    }
    until.delete(tenantId);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof MicrosoftRefused && error.waitMs)
        until.set(tenantId, { at: now() + error.waitMs, refused: error });
      throw error;
    }
  };
}
