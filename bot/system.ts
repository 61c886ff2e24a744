import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock, Random } from '../domain/ports';

export const systemClock: Clock = { now: () => Date.now() };

export const systemRandom: Random = {
  id: () => randomUUID(),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
  digits: (digits) => Array.from({ length: digits }, () => randomInt(10)).join(''),
};
