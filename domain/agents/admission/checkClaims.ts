import { LIMITS } from '../../agentProtocol/protocol';
import { bodyHashOf, type SignedClaims } from '../../agentProtocol/signature';
import type { SignedRequest } from '../ports';
import { AgentRefusal, unauthorized } from './agentRefusal';

const SECOND = 1000;
/**
 * How long a signature counts after its end, for the way to the bot and for a clock that drifts between two
 * answers.
 */
const ON_ITS_WAY_MS = 60_000;

/**
 * Throws AgentRefusal unless the claims were signed for this bot, for this request with this body, and for
 * now. The time is checked last, so that only an agent that proved the rest learns how wrong its clock is.
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
  if (iat * SECOND - now > LIMITS.skewMs || now > lastMoment(exp))
    throw new AgentRefusal(
      'clock',
      'This request was signed for another time. Set the clock of this machine.',
      { why: 'clock' },
    );
}

const lastMoment = (exp: number): number => exp * SECOND + ON_ITS_WAY_MS;

/**
 * After this moment the time alone refuses the signature; it has an extra minute for instances whose clocks
 * differ.
 */
export const countsUntil = ({ exp }: Pick<SignedClaims, 'exp'>): number => lastMoment(exp) + 60_000;
