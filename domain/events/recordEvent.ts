import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import type { CustomerEvent } from './customerEvent';

/**
 * Writes down what happened, due to be told. False when the event is already there, under this id or as the
 * same reset.
 */
export async function recordEvent(
  { stores: { events } }: Needs<'events'>,
  id: string,
  event: CustomerEvent,
): Promise<boolean> {
  return (await insertOnce(events, id, event)) !== undefined;
}
