const GOOD_MS = 1_000;

/**
 * One look at the store at a time, and none for a second after a good one: strangers may ask as often as they
 * like, and ask the store nothing by that. A look that throws counts as no.
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
