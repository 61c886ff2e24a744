import { z } from 'zod';

/**
 * The cursors that led to a page, oldest first (none for the first page). Keyset cursors only go forward, so
 * the trail carries the way back; of a very long way it keeps the last steps and counts those left out.
 */
const trailSchema = z.object({
  leftOut: z.number().int().min(0).max(100_000),
  cursors: z.array(z.string().max(600)).max(20),
});
export type PageTrail = z.infer<typeof trailSchema>;

const CARRIED = 6;
const FIRST: PageTrail = { leftOut: 0, cursors: [] };

/** Text that is not a trail means the first page. */
export function pageFrom(page: string | undefined): PageTrail {
  if (!page) return FIRST;
  try {
    const parsed = trailSchema.safeParse(JSON.parse(page));
    return parsed.success ? parsed.data : FIRST;
  } catch {
    return FIRST;
  }
}

/** The number of pages before this one. */
export const depthOf = ({ leftOut, cursors }: PageTrail): number =>
  cursors.length > 0 ? leftOut + cursors.length : 0;

export function pageAfter({ leftOut, cursors }: PageTrail, next: string): string {
  const all = [...cursors, next];
  const kept = all.slice(-CARRIED);
  return JSON.stringify({ leftOut: leftOut + all.length - kept.length, cursors: kept });
}

/** Empty: the first page. */
export const pageBefore = ({ leftOut, cursors }: PageTrail): string =>
  cursors.length > 1 ? JSON.stringify({ leftOut, cursors: cursors.slice(0, -1) }) : '';
