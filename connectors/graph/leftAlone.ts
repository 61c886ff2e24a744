import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';

/** So many tenants may have asked for patience at once; the one that asked first is forgotten first. */
const KEPT = 2_000;

/**
 * Asks for a tenant, but not while Microsoft wants to be left alone for it: then what it answered is thrown
 * again, with the time that is left.
 */
export function createLeftAlone(now: () => number = Date.now) {
  const until = new Map<string, { at: number; refused: MicrosoftRefused }>();
  return async function leftAlone<T>(tenantId: string, ask: () => Promise<T>): Promise<T> {
    const asked = until.get(tenantId);
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
      const [oldest] = until.keys();
      if (until.size > KEPT && oldest !== undefined) until.delete(oldest);
      throw error;
    }
  };
}
