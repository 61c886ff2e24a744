import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../domain/ports';
import { SignInRefused } from './signInErrors';

const LIFETIME_MS = 10 * 60_000;

/** What an authorization code was issued for. */
export interface Grant {
  tenantId: string;
  username: string;
  redirectUri: string;
  challenge: string;
  scopes: string[];
  nonce?: string;
}

/** Authorization codes. Each can be redeemed once, within ten minutes, by the holder of its verifier. */
export interface Codes {
  issue(grant: Grant): string;
  /** Throws SignInRefused. A code counts as used after its first redemption, even a failed one. */
  redeem(code: string, sent: { verifier: string; redirectUri: string }): Grant;
}

export function makeCodes(clock: Clock): Codes {
  const codes = new Map<string, { grant: Grant; expiresAt: number; used: boolean }>();
  return {
    issue(grant) {
      const code = `0.${randomBytes(48).toString('base64url')}`;
      codes.set(code, { grant, expiresAt: clock.now() + LIFETIME_MS, used: false });
      return code;
    },
    redeem(code, { verifier, redirectUri }) {
      const entry = codes.get(code);
      if (!entry) throw new SignInRefused('70000');
      if (entry.used) throw new SignInRefused('54005');
      if (entry.expiresAt <= clock.now()) throw new SignInRefused('70008');
      entry.used = true;
      if (entry.grant.redirectUri !== redirectUri) throw new SignInRefused('500112');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      if (challenge !== entry.grant.challenge) throw new SignInRefused('501481');
      return entry.grant;
    },
  };
}
