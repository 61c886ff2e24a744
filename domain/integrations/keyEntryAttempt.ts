import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Stores } from '../stores/stores';
import { endEach } from '../tenants/oneTime';
import type { KeyEntry } from './integration';
import { KEY_CANCELLED, KEY_NONE_OPEN } from './keyEntrySentences';

/** How long one attempt may take, from the button to the code. */
export const KEY_ENTRY_MS = 10 * 60 * 1000;

interface Entries {
  keyEntries: Stores['keyEntries'];
}

const isOpen = ({ value }: Stored<KeyEntry>): boolean => value.stage !== 'used' && value.stage !== 'ended';

/** The attempts of this admin in this conversation, the one that counts first. */
export async function entriesOf(
  deps: Entries,
  actor: Actor,
  conversationKey: string,
): Promise<Stored<KeyEntry>[]> {
  const { items } = await deps.keyEntries.list({ where: { conversationKey }, limit: 100 });
  return items
    .filter(({ value }) => value.admin.id === actor.id)
    .sort((a, b) => b.value.createdAt - a.value.createdAt || Number(isOpen(b)) - Number(isOpen(a)));
}

/** Ends an attempt, so that nothing it handed out works any more; its key is forgotten. To be tried again when somebody changed it in between. */
export async function endEntry(
  deps: Entries,
  entry: Stored<KeyEntry>,
  failure: string,
): Promise<Stored<KeyEntry>> {
  const { cookieHash: _cookie, codeHash: _code, key: _key, ...rest } = entry.value;
  return deps.keyEntries.replace(entry, { ...rest, stage: 'ended', failure });
}

/** Ends all open attempts of this admin in this conversation for one reason; one that changes meanwhile is read again. */
export async function endOpenEntries(
  deps: Entries,
  actor: Actor,
  conversationKey: string,
  reason: string,
): Promise<void> {
  const nextOpen = async () => (await entriesOf(deps, actor, conversationKey)).find(isOpen);
  await endEach(nextOpen, (open) => endEntry(deps, open, reason));
}

/** Ends this admin's open attempts in this conversation: they left, or closed the page. */
export const cancelKeyEntry = (deps: Entries, actor: Actor, conversationKey: string): Promise<void> =>
  endOpenEntries(deps, actor, conversationKey, KEY_CANCELLED);

/** Where an admin's attempt stands, for the chat. */
export type KeyEntryProgress =
  | { stage: 'none' | 'ended'; sentence: string }
  /** The key is not entered yet. */
  | { stage: 'waiting' }
  /** The page shows the code, which is to come back here; what the test found. */
  | { stage: 'code'; finding: string }
  | { stage: 'used' };

/** The newest attempt of this admin in this conversation. */
export async function keyEntryState(
  deps: Entries,
  actor: Actor,
  conversationKey: string,
): Promise<KeyEntryProgress> {
  const [entry] = await entriesOf(deps, actor, conversationKey);
  if (!entry) return { stage: 'none', sentence: KEY_NONE_OPEN };
  const { stage, failure, finding } = entry.value;
  if (stage === 'ended') return { stage, sentence: failure ?? KEY_NONE_OPEN };
  if (stage === 'tested') return { stage: 'code', finding: finding ?? '' };
  return stage === 'used' ? { stage } : { stage: 'waiting' };
}
