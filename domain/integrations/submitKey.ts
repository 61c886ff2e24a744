import { notFound } from '../errors';
import { unlessChanged } from '../stores/retried';
import { hashOf, saltedCode } from '../tenants/oneTime';
import type { KeyEntryDeps } from './integrationDeps';
import { KEY_MALFORMED, KEY_NOT_OPEN } from './keyEntrySentences';
import { formEntry, type OpenedKeyEntry } from './openKeyEntry';
import { entryContext } from './storedKeys';
import { testKey } from './testKey';

/** `refused`: nothing was saved, and the same form can be sent again. */
export type Submitted =
  | { outcome: 'code'; code: string; finding: string; page: OpenedKeyEntry }
  | { outcome: 'refused'; sentence: string; page: OpenedKeyEntry };

const API_KEY = /^[\x21-\x7e]{8,512}$/;

/**
 * Tests the key at the vendor and keeps it, sealed, only when that went well; the code then proves in the chat who
 * entered it. Sent again, the new key and the new code count. Throws as `formEntry`.
 */
export async function submitKey(
  deps: KeyEntryDeps,
  request: { handle: string; cookie?: string; csrf: string; apiKey: string },
): Promise<Submitted> {
  const { entry, page } = await formEntry(deps, request);
  const apiKey = request.apiKey.trim();
  if (!API_KEY.test(apiKey)) return { outcome: 'refused', sentence: KEY_MALFORMED, page };
  const tested = await testKey(deps, entry.value, apiKey);
  if (!tested.ok) return { outcome: 'refused', sentence: tested.sentence, page };
  const code = deps.random.digits(6);
  const kept = {
    ...entry.value,
    stage: 'tested' as const,
    key: await deps.vault.seal(apiKey, entryContext(entry.id)),
    finding: tested.sentence,
    codeHash: hashOf(saltedCode(entry.id, code)),
  };
  if (!(await unlessChanged(deps.keyEntries.replace(entry, kept)))) throw notFound(KEY_NOT_OPEN);
  return { outcome: 'code', code, finding: tested.sentence, page };
}
