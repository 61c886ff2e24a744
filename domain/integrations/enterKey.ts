import { createHmac, timingSafeEqual } from 'node:crypto';
import { KeyturnError, notAllowed, notFound } from '../errors';
import { type EnteredCode, type NotVerified, newCode, verifyCode } from '../links/code';
import { bindBrowser, ownCookie } from '../links/openLink';
import { type OwnerDeps, openForOwner } from '../links/useLink';
import type { Actor } from '../people/person';
import type { Random, Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { Integration } from './integration';
import type { KeyEntryDeps } from './integrationDeps';
import { type KeyEntry, keyEntryLink } from './keyEntryLink';
import { saveKey } from './saveKey';
import { entryContext } from './storedKeys';
import { testKey } from './testKey';

/** What the page shows and sends back. */
export interface OpenedKeyEntry {
  account: Pick<Integration, 'kind' | 'address'>;
  adminName: string;
  replaces: boolean;
  /** The form sends it back: only our own page could compute it from the cookie. */
  csrf: string;
}

export const KEY_FOREIGN =
  'This form does not belong to a link that was opened here. Go back to the chat and start again.';
export const KEY_MALFORMED =
  'That does not look like an API key: it has 8 to 512 letters, digits and signs, and no spaces. Copy it again, whole.';

/**
 * The first browser that opens the link gets `cookie`, and only that browser can go on; it may open the link
 * again. Throws as `openForOwner` and `bindBrowser`.
 */
export async function openKeyEntry(
  deps: OwnerDeps & { random: Random },
  request: { handle: string; cookie?: string },
): Promise<OpenedKeyEntry & { cookie: string }> {
  const { link: entry } = await openForOwner(deps, keyEntryLink, request.handle);
  const isFirst = entry.value.stage === 'issued';
  const cookie = isFirst
    ? await bindBrowser(deps, keyEntryLink, entry, undefined)
    : ownCookie(keyEntryLink, entry, request.cookie);
  return { ...pageOf(entry, cookie), cookie };
}

const pageOf = ({ id, value }: Stored<KeyEntry>, cookie: string): OpenedKeyEntry => ({
  account: value.facts.account,
  adminName: value.person.name,
  replaces: value.facts.integrationId !== undefined,
  csrf: createHmac('sha256', cookie).update(`form ${id}`).digest('base64url'),
});

/** `refused`: nothing was saved, and the person can send the same form again. */
export type Submitted =
  | { outcome: 'code'; code: string; finding: string; expiresAt: number; page: OpenedKeyEntry }
  | { outcome: 'refused'; sentence: string; page: OpenedKeyEntry };

const API_KEY = /^[\x21-\x7e]{8,512}$/;

/**
 * Tests the key at the vendor and keeps it, sealed, only after a good test. The code then proves in the chat
 * who entered the key. When a browser sends the form again, the new key and the new code count. Throws as
 * `openForOwner`, and notAllowed for another browser and a form from elsewhere.
 */
export async function submitKey(
  deps: KeyEntryDeps & OwnerDeps,
  request: { handle: string; cookie?: string; csrf: string; apiKey: string },
): Promise<Submitted> {
  const { link: entry } = await openForOwner(deps, keyEntryLink, request.handle);
  const page = pageOf(entry, ownCookie(keyEntryLink, entry, request.cookie));
  if (!isSame(request.csrf, page.csrf)) throw notAllowed(KEY_FOREIGN);
  const apiKey = request.apiKey.trim();
  if (!API_KEY.test(apiKey)) return { outcome: 'refused', sentence: KEY_MALFORMED, page };
  const tested = await testKey(deps, page.account, apiKey);
  if (!tested.ok) return { outcome: 'refused', sentence: tested.sentence, page };
  const key = await deps.vault.seal(apiKey, entryContext(entry.id));
  const facts = { ...entry.value.facts, finding: tested.sentence };
  const code = await unlessChanged(newCode(deps, entry, { key, facts }));
  if (code === undefined) throw notFound(keyEntryLink.words.notOpen);
  return { outcome: 'code', code, finding: tested.sentence, expiresAt: entry.value.expiresAt, page };
}

function isSame(given: string, ours: string): boolean {
  const [one, two] = [Buffer.from(given), Buffer.from(ours)];
  return one.length === two.length && timingSafeEqual(one, two);
}

export type KeyVerified = { outcome: 'added' | 'replaced'; integration: Stored<Integration> } | NotVerified;

/** A right code adds the integration, or replaces its key. Throws as `verifyCode`. */
export const verifyKeyEntry = (
  deps: Pick<KeyEntryDeps, 'vault'> & Needs<'oneTimeLinks' | 'integrations' | 'schedules' | 'audit', 'clock'>,
  actor: Actor,
  request: EnteredCode,
): Promise<KeyVerified> =>
  verifyCode(deps, keyEntryLink, actor, request, {
    async right(entry): Promise<KeyVerified> {
      try {
        const integration = await saveKey(deps, actor, entry);
        return { outcome: entry.value.facts.integrationId ? 'replaced' : 'added', integration };
      } catch (error) {
        if (error instanceof KeyturnError && error.code === 'notFound')
          return { outcome: 'ended', sentence: error.sentence };
        throw error;
      }
    },
  });
