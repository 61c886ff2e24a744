import type { Needs } from '../stores/core';
import type { AuditRecord } from './auditRecord';

const HOUR_MS = 60 * 60_000;
const LATELY_HOURS = 72;

const keyOf = (personId: string, hour: number, reason: string) => `${personId}:${hour}:${reason}`;

/** A request id that is the same for the same person, reason and hour, so that refusals fill nothing. */
export const hourly = ({ clock }: Needs<never, 'clock'>, personId: string, reason: string): string =>
  keyOf(personId, Math.floor(clock.now() / HOUR_MS), reason);

/** The newest refusal of this person for this reason within three days. */
export async function refusedLately(
  { stores: { audit }, clock }: Needs<'audit', 'clock'>,
  personId: string,
  reason: string,
): Promise<AuditRecord | undefined> {
  const now = Math.floor(clock.now() / HOUR_MS);
  const hours = Array.from({ length: LATELY_HOURS }, (_, back) => now - back);
  const found = await Promise.all(
    hours.map((hour) => audit.get(`${keyOf(personId, hour, reason)}:access.refused`)),
  );
  return found.find((record) => record !== undefined)?.value;
}
