import { createHash } from 'node:crypto';

const MINUTES_OF_A_DAY = 24 * 60;

/** A time of day (HH:MM) that is always the same for this id: many ids are spread evenly over the day. */
export function spreadOverDay(id: string): string {
  const minute = createHash('sha256').update(id).digest().readUInt32BE() % MINUTES_OF_A_DAY;
  const padded = (number: number) => String(number).padStart(2, '0');
  return `${padded(Math.floor(minute / 60))}:${padded(minute % 60)}`;
}
