import type { Delivery } from './delivery';

/** When the delivery was first to be sent, or was made: the earliest goes first. */
export const lineAtOf = ({ lineAt, createdAt, dueAt }: Delivery): number =>
  lineAt ?? Math.min(createdAt, dueAt);

const DIGITS = 16;

/**
 * The position of a delivery in its conversation's line, as a text that sorts. New cards come first, the
 * oldest of them before the others; then cards that are brought up to date; last come deliveries that are
 * tried again after a failure, so that they hold up nobody. Undefined for a delivery that does not wait in
 * the line: it is settled, or kept for its hour.
 */
export function positionInLine(delivery: Delivery): string | undefined {
  const { state, failures, cardId, subject } = delivery;
  if (subject.kind === 'digest' || (state !== 'waiting' && state !== 'sending')) return undefined;
  const group = failures ? 2 : cardId === undefined ? 0 : 1;
  return `${group}|${String(Math.floor(lineAtOf(delivery))).padStart(DIGITS, '0')}|${subject.id}`;
}
