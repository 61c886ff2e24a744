import type { Delivery } from './delivery';

/** By when it was to be sent first, or was made: what is due earlier than that goes first. */
export const lineAtOf = ({ lineAt, createdAt, dueAt }: Delivery): number =>
  lineAt ?? Math.min(createdAt, dueAt);

const DIGITS = 16;

/**
 * The place of a delivery in the line of its conversation, as a text that sorts: first what was not told yet, the oldest
 * before the others; then what brings cards up to date; last what is tried again after a failure, so that it holds up nobody.
 * Undefined for what is not in the line: it is settled, or kept for its hour.
 */
export function positionInLine(delivery: Delivery): string | undefined {
  const { state, failures, cardId, subject } = delivery;
  if (subject.kind === 'digest' || (state !== 'waiting' && state !== 'sending')) return undefined;
  const group = failures ? 2 : cardId === undefined ? 0 : 1;
  return `${group}|${String(Math.floor(lineAtOf(delivery))).padStart(DIGITS, '0')}|${subject.id}`;
}
