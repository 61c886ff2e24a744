import { z } from 'zod';

/** The end of the year 9999; `Date` makes an error of what is much later. */
const LAST = 253_402_300_799_999;

/**
 * Milliseconds since 1970. One before it is 0, and one that is too far is the last that there is: nobody makes
 * a reset unseen by the time that is told of it.
 */
export const moment = z.number().transform((at) => Math.min(Math.max(0, Math.floor(at)), LAST));
