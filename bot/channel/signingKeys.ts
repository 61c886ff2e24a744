import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import type { Clock, Log } from '../../domain/ports';
import { isPrivateOnTheWay } from './loopback';

export interface SigningKey {
  key: CryptoKey | Uint8Array;
  /** The channels for which this key may sign. */
  endorsements: string[];
}

const second = 1000;
const hour = 3600 * second;
const fetchLimit = 5 * second;
const pause = 10 * second;
const refreshAfter = 24 * hour;
const refreshForUnknownAfter = hour;
/** While the issuer is unreachable, the last good keys still count, up to this limit. */
const refuseAfter = 48 * hour;

const metadataShape = z.object({ jwks_uri: z.string().refine(isPrivateOnTheWay) });
const keysShape = z.object({ keys: z.array(z.unknown()) });
const keyShape = z
  .object({ kid: z.string(), kty: z.string(), endorsements: z.array(z.string()).default([]) })
  .passthrough();

/**
 * Looks up the channel's public keys by id. Fetches them on first use and again after a day; asks again for
 * an unknown id at most hourly, and never within ten seconds after a failed fetch, so that nobody can make
 * the bot hammer the issuer. Never throws: a missing key is undefined.
 */
export function createSigningKeys(metadataUrl: string, { clock, log }: { clock: Clock; log: Log }) {
  let keys = new Map<string, SigningKey>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function load(): Promise<void> {
    try {
      keys = await fetchKeys(metadataUrl, log);
      loadedAt = clock.now();
    } catch (error) {
      log.warn({ err: error }, 'the signing keys of the channel could not be fetched');
    }
    running = undefined;
  }

  function refresh(): Promise<void> {
    if (!running && clock.now() - triedAt < pause) return Promise.resolve();
    if (!running) triedAt = clock.now();
    running ??= load();
    return running;
  }

  return async (kid: string): Promise<SigningKey | undefined> => {
    const age = clock.now() - loadedAt;
    if (age >= (keys.has(kid) ? refreshAfter : refreshForUnknownAfter)) await refresh();
    return clock.now() - loadedAt < refuseAfter ? keys.get(kid) : undefined;
  };
}

/** An unreadable key does not affect the others; it is counted. */
async function fetchKeys(metadataUrl: string, log: Log): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = metadataShape.parse(await fetchJson(metadataUrl));
  const { keys } = keysShape.parse(await fetchJson(jwks_uri));
  const read = await Promise.all(keys.map((key) => readKey(key).catch(() => 'unreadable' as const)));
  const unreadable = read.filter((key) => key === 'unreadable').length;
  if (unreadable > 0) log.warn({ unreadable, of: keys.length }, 'signing keys of the channel cannot be read');
  return new Map(read.filter((key) => key !== 'unreadable').filter((key) => key !== undefined));
}

/** Undefined for a key of another type than the channel signs with. */
async function readKey(key: unknown): Promise<readonly [string, SigningKey] | undefined> {
  const jwk = keyShape.parse(key);
  if (jwk.kty !== 'RSA') return undefined;
  return [jwk.kid, { key: await importJWK(jwk, 'RS256'), endorsements: jwk.endorsements }];
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(fetchLimit) });
  if (!response.ok) throw new KeysUnavailable(response.status);
  return response.json();
}

class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  constructor(status: number) {
    super(`the issuer answered ${status}`);
  }
}
