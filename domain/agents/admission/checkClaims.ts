import { LIMITS } from '../../agentProtocol/protocol';
import { bodyHashOf, type SignedClaims } from '../../agentProtocol/signature';
import type { SignedRequest } from '../ports';
import { AgentRefusal, unauthorized } from './agentRefusal';

const SECOND = 1000;
/**
 * How long after its end a signature counts: the way to the bot, and a clock that drifts between two answers.
 */
const ON_ITS_WAY_MS = 60_000;

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
  if (iat * SECOND - now > LIMITS.skewMs || now > lastMoment(exp))
    throw new AgentRefusal(
      'clock',
      'This request was signed for another time. Set the clock of this machine right.',
      { why: 'clock' },
    );
}

const lastMoment = (exp: number): number => exp * SECOND + ON_ITS_WAY_MS;

/** From then on its time alone refuses a signature; a minute more for instances whose clocks differ. */
export const countsUntil = ({ exp }: Pick<SignedClaims, 'exp'>): number => lastMoment(exp) + 60_000;
