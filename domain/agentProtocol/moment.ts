import { z } from 'zod';

/** The end of the year 9999. `Date` cannot hold times that are much later. */
const LAST = 253_402_300_799_999;

/**
 * Milliseconds since 1970. An earlier time becomes 0, and a time that is too late becomes the last possible
 * one, so that nobody can hide a reset with a false time.
 */
export const moment = z.number().transform((at) => Math.min(Math.max(0, Math.floor(at)), LAST));
