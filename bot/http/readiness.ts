const GOOD_MS = 1_000;

/**
 * Checks the store once at a time, and not within a second after a good check: strangers may ask as often as
 * they like without burdening the store. A check that throws counts as no.
 */
export function createReadiness(look: () => Promise<boolean>, now = () => performance.now()) {
  let goodUntil = Number.NEGATIVE_INFINITY;
  let looking: Promise<boolean> | undefined;
  const looked = async () => {
    const good = await look().catch(() => false);
    if (good) goodUntil = now() + GOOD_MS;
    looking = undefined;
    return good;
  };
  return async (): Promise<boolean> => {
    if (now() < goodUntil) return true;
    looking ??= looked();
    return looking;
  };
}
