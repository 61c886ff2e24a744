import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock, Log } from '../../domain/ports';
import type { BotFrameworkChannel, LocalPlaygroundChannel } from '../settings/config';
import { activitySchema, type ReadActivity } from './envelope';
import { httpUrl, isLoopbackHost } from './loopback';
import { createSigningKeys, type SigningKey } from './signingKeys';

export interface ActivityRequest {
  authorization?: string;
  /** Parsed JSON of any shape. */
  body: unknown;
  remoteAddress?: string;
}

/** `why` is for the log alone: the refused sender learns nothing. */
export type Verdict = { ok: true; activity: ReadActivity } | { ok: false; why: string };
export type VerifyActivity = (request: ActivityRequest) => Promise<Verdict>;

type Envelope = Pick<ReadActivity, 'serviceUrl' | 'channelId'>;

const skewSeconds = 5 * 60;

/**
 * The check before the SDK's own, and stricter: it refuses everything that is not entirely valid, and throws
 * nothing. Bot Framework: a token signed (RS256) by a key of the channel's issuer that is endorsed for the
 * activity's channel, for our app, within its time, and bound to the activity's service URL. Playground:
 * only this machine, in both directions.
 */
export function createVerifyActivity(
  channel: Pick<BotFrameworkChannel, 'kind' | 'appId' | 'issuer' | 'metadataUrl'> | LocalPlaygroundChannel,
  deps: { clock: Clock; log: Log },
): VerifyActivity {
  const whyNot = channel.kind === 'localPlayground' ? notOfThisMachine : createTokenCheck(channel, deps);
  return async (request) => {
    const parsed = activitySchema.safeParse(request.body);
    if (!parsed.success)
      return {
        ok: false,
        why: `activity: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
      };
    const why = await whyNot(request, parsed.data);
    // Fields outside the schema are dropped: the SDK, too, sees only what was read.
    return why ? { ok: false, why } : { ok: true, activity: parsed.data };
  };
}

async function notOfThisMachine(
  { remoteAddress }: ActivityRequest,
  { serviceUrl }: Envelope,
): Promise<string | undefined> {
  if (!remoteAddress || !isLoopbackHost(remoteAddress)) return 'peer is not of this machine';
  const url = httpUrl(serviceUrl);
  return url && isLoopbackHost(url.hostname) ? undefined : 'serviceUrl is not of this machine';
}

function createTokenCheck(
  { appId, issuer, metadataUrl }: Pick<BotFrameworkChannel, 'appId' | 'issuer' | 'metadataUrl'>,
  { clock, log }: { clock: Clock; log: Log },
) {
  const signingKey = createSigningKeys(metadataUrl, { clock, log });
  return async ({ authorization }: ActivityRequest, activity: Envelope): Promise<string | undefined> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) return 'no bearer token';
    let signedBy: SigningKey | undefined;
    const getKey: JWTVerifyGetKey = async ({ kid }) => {
      signedBy = kid ? await signingKey(kid) : undefined;
      if (!signedBy) throw new errors.JWKSNoMatchingKey();
      return signedBy.key;
    };
    try {
      const { payload } = await jwtVerify(token, getKey, {
        algorithms: ['RS256'],
        audience: appId,
        issuer,
        clockTolerance: skewSeconds,
        currentDate: new Date(clock.now()),
        requiredClaims: ['exp'],
      });
      return misused(payload, signedBy?.endorsements ?? [], activity);
    } catch (error) {
      if (error instanceof errors.JOSEError) return refusalOf(error);
      log.error({ err: error }, 'a token could not be checked');
      return 'token could not be checked';
    }
  };
}

/** A valid token of the channel for another purpose. */
function misused(payload: JWTPayload, endorsements: string[], activity: Envelope): string | undefined {
  if (payload.serviceurl !== activity.serviceUrl) return 'serviceurl claim differs';
  if (httpUrl(activity.serviceUrl)?.protocol !== 'https:') return 'serviceUrl is not https';
  return endorsements.includes(activity.channelId) ? undefined : 'key is not endorsed for the channel';
}

function refusalOf(error: errors.JOSEError): string {
  const claim =
    error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
      ? ` ${error.claim}`
      : '';
  return `${error.code}${claim}`;
}
