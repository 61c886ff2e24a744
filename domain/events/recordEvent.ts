import { DuplicateKey } from '../errors';
import type { Stores } from '../stores/stores';
import type { CustomerEvent } from './customerEvent';

/** Writes down what happened, due to be told. False when it stands there already, under this id or as the same reset. */
export async function recordEvent(
  { events }: Pick<Stores, 'events'>,
  id: string,
  event: CustomerEvent,
): Promise<boolean> {
  try {
    await events.insert(id, event);
    return true;
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    return false;
  }
}
