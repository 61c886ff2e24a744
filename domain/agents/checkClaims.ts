import { LIMITS } from '../agentProtocol/protocol';
import { bodyHashOf, type SignedClaims } from '../agentProtocol/signature';
import { AgentRefusal, unauthorized } from './agentRefusal';
import type { SignedRequest } from './ports';

const SECOND = 1000;

/**
 * Throws AgentRefusal unless this was signed for this bot, this request with this body, and for now. The time is checked
 * last, so that only who proved the rest is told how wrong it is.
 */
export function checkClaims(
  { aud, iat, exp, path, body }: SignedClaims,
  request: SignedRequest,
  { publicUrl, now }: { publicUrl: string; now: number },
): void {
  if (aud !== new URL(publicUrl).origin) throw unauthorized('audience');
  if (path !== request.path) throw unauthorized('path');
  if (body !== bodyHashOf(request.body)) throw unauthorized('body');
  const lifeMs = (exp - iat) * SECOND;
  if (lifeMs < 0 || lifeMs > LIMITS.signatureMs) throw unauthorized('life of the signature');
  if (Math.abs(now - iat * SECOND) > LIMITS.skewMs)
    throw new AgentRefusal(
      'clock',
      'The clock of this machine is wrong by more than five minutes. Set it right.',
      {
        why: 'clock',
      },
    );
}

/** From then on its time alone refuses a signature; a minute more for instances whose clocks differ. */
export const countsUntil = ({ iat }: SignedClaims): number => iat * SECOND + LIMITS.skewMs + 60_000;
