import { StoreUnavailable } from '../../../domain/errors';
import type { Stores } from '../../../domain/stores/stores';

interface Writable {
  insert(id: string, value: never): unknown;
  replace(current: never, value: never): unknown;
}

/** The stores of an instance that dies after `writes` writes; `died` tells whether it did. */
export function dyingAfter(stores: Pick<Stores, 'events' | 'notices'>, writes: number) {
  const mortal = { left: writes, died: false };
  const dying = <Of extends Writable>(store: Of): Of => {
    const alive = (): void => {
      mortal.died ||= mortal.left-- <= 0;
      if (mortal.died) throw new StoreUnavailable('died');
    };
    return Object.assign(Object.create(store), {
      async insert(id: string, value: never) {
        alive();
        return store.insert(id, value);
      },
      async replace(current: never, value: never) {
        alive();
        return store.replace(current, value);
      },
    });
  };
  return { mortal, by: { events: dying(stores.events), notices: dying(stores.notices) } };
}
