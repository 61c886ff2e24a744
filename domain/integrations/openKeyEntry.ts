import { createHmac, timingSafeEqual } from 'node:crypto';
import { notAllowed, notFound } from '../errors';
import type { LinkOwner } from '../links/visit';
import type { Stored } from '../ports';
import { hashOf, matches, noteOpened } from '../tenants/oneTime';
import type { KeyEntry } from './integration';
import type { KeyEntryDeps } from './integrationDeps';
import { KEY_FOREIGN, KEY_NOT_OPEN, KEY_OTHER_BROWSER } from './keyEntrySentences';

/** What the page shows and sends back. */
export interface OpenedKeyEntry {
  kind: KeyEntry['kind'];
  address: string;
  adminName: string;
  replaces: boolean;
  /** Goes back with the form: only a page of ours could have it made from the cookie. */
  csrf: string;
}

/**
 * The first browser that opens the link is the only one that can go on with it: it is given `cookie`. Opened again
 * there, it goes on. Throws notFound for an unknown, ended or expired link, notAllowed for another browser.
 */
export async function openKeyEntry(
  deps: Pick<KeyEntryDeps, 'keyEntries' | 'clock' | 'random'>,
  request: { handle: string; cookie?: string },
): Promise<OpenedKeyEntry & { cookie: string }> {
  const entry = await openEntry(deps, request.handle);
  if (entry.value.stage !== 'issued') {
    const cookie = ownCookie(entry, request.cookie);
    return { ...pageOf(entry, cookie), cookie };
  }
  const cookie = deps.random.token(32);
  const opened = { ...entry.value, stage: 'opened', cookieHash: hashOf(cookie) } as const;
  await noteOpened(deps.keyEntries.replace(entry, opened));
  return { ...pageOf(entry, cookie), cookie };
}

/** The attempt of a form that this browser was given. Throws as `openKeyEntry`, and notAllowed for a form from elsewhere. */
export async function formEntry(
  deps: Pick<KeyEntryDeps, 'keyEntries' | 'clock'>,
  request: { handle: string; cookie?: string; csrf: string },
): Promise<{ entry: Stored<KeyEntry>; page: OpenedKeyEntry }> {
  const entry = await openEntry(deps, request.handle);
  const page = pageOf(entry, ownCookie(entry, request.cookie));
  const [given, ours] = [Buffer.from(request.csrf), Buffer.from(page.csrf)];
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) throw notAllowed(KEY_FOREIGN);
  return { entry, page };
}

/** Whose link it is; nothing is looked at behind it. Throws notFound. */
export async function keyEntryOwner(
  deps: Pick<KeyEntryDeps, 'keyEntries' | 'clock'>,
  handle: string,
): Promise<LinkOwner> {
  const { admin: person, conversationId, expiresAt } = (await openEntry(deps, handle)).value;
  return { person, conversationId, expiresAt };
}

async function openEntry(
  deps: Pick<KeyEntryDeps, 'keyEntries' | 'clock'>,
  handle: string,
): Promise<Stored<KeyEntry>> {
  const entry = await deps.keyEntries.get(hashOf(handle));
  if (!entry || entry.value.expiresAt <= deps.clock.now()) throw notFound(KEY_NOT_OPEN);
  const { stage, failure } = entry.value;
  if (stage === 'ended' || stage === 'used') throw notFound(failure ?? KEY_NOT_OPEN);
  return entry;
}

function ownCookie(entry: Stored<KeyEntry>, cookie: string | undefined): string {
  if (!cookie || !matches(cookie, entry.value.cookieHash)) throw notAllowed(KEY_OTHER_BROWSER);
  return cookie;
}

const pageOf = ({ id, value }: Stored<KeyEntry>, cookie: string): OpenedKeyEntry => ({
  kind: value.kind,
  address: value.address,
  adminName: value.admin.name,
  replaces: value.integrationId !== undefined,
  csrf: createHmac('sha256', cookie).update(`form ${id}`).digest('base64url'),
});
