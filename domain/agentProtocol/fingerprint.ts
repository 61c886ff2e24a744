import { createHash } from 'node:crypto';
import type { PublicKey } from './messages';

/**
 * Shows a public key so that people can compare it: 128 bits of its SHA-256, in hex and groups of four. Bot
 * and agent show the same.
 */
export const fingerprintOf = ({ x }: Pick<PublicKey, 'x'>): string =>
  createHash('sha256')
    .update(Buffer.from(x, 'base64url'))
    .digest('hex')
    .slice(0, 32)
    .replace(/.{4}(?=.)/g, '$& ');
