import { insertOnce } from '../stores/insertOnce';
import type { Stores } from '../stores/stores';
import type { CustomerEvent } from './customerEvent';

/**
 * Writes down what happened, due to be told. False when the event is already there, under this id or as the
 * same reset.
 */
export async function recordEvent(
  { events }: Pick<Stores, 'events'>,
  id: string,
  event: CustomerEvent,
): Promise<boolean> {
  return (await insertOnce(events, id, event)) !== undefined;
}
