import { VersionConflict } from '../../../domain/errors';
import type { Stored } from '../../../domain/ports';

/**
 * A store with a competitor that is always faster: every replace, or the first `times` of them, conflicts.
 */
export function contended<S extends { replace(current: Stored<never>, value: never): Promise<unknown> }>(
  store: S,
  times = Number.POSITIVE_INFINITY,
): S & { conflicts(): number } {
  let conflicts = 0;
  const replace = async (current: Stored<never>, value: never) => {
    if (conflicts >= times) return store.replace(current, value);
    conflicts += 1;
    throw new VersionConflict('contended', current.id);
  };
  const changed: Record<PropertyKey, unknown> = { replace, conflicts: () => conflicts };
  return new Proxy(store, {
    get(target, name) {
      if (name in changed) return changed[name];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as S & { conflicts(): number };
}
