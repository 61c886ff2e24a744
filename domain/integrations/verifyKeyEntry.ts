import { KeyturnError } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { retried } from '../stores/retried';
import { matches, saltedCode } from '../tenants/oneTime';
import type { Integration, KeyEntry } from './integration';
import type { KeyEntryDeps } from './integrationDeps';
import { endEntry, entriesOf } from './keyEntryAttempt';
import { KEY_CODE_USED, KEY_NO_CODE_YET, KEY_NONE_OPEN, KEY_TOO_MANY_CODES } from './keyEntrySentences';
import { saveKey } from './saveKey';

export type KeyVerified =
  | { outcome: 'added' | 'replaced'; integration: Stored<Integration> }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'ended'; sentence: string }
  | { outcome: 'notYet'; sentence: string };

type VerifyKeyDeps = Pick<
  KeyEntryDeps,
  'keyEntries' | 'integrations' | 'schedules' | 'vault' | 'audit' | 'clock'
>;

interface VerifyRequest {
  conversationKey: string;
  /** As typed: spaces in it do not count. */
  code: string;
  /** The same when the same step is repeated; a repeat finds what the first try did. */
  requestId: string;
}

const WRONG_CODES = 5;

/**
 * The code proves that who entered the key and who chats are together in this: it works once, only for the admin and
 * the conversation that the link was issued to. A right one adds the integration, or replaces its key.
 * Throws notAllowed, and conflict when the attempt keeps changing.
 */
export async function verifyKeyEntry(
  deps: VerifyKeyDeps,
  actor: Actor,
  request: VerifyRequest,
): Promise<KeyVerified> {
  permit(actor, 'integrations.manage');
  return retried(() => verifyOnce(deps, actor, request), {
    busy: 'This is being changed from somewhere else at this moment. Try the code again.',
  });
}

async function verifyOnce(deps: VerifyKeyDeps, actor: Actor, request: VerifyRequest): Promise<KeyVerified> {
  const [entry] = await entriesOf(deps, actor, request.conversationKey);
  if (!entry || entry.value.expiresAt <= deps.clock.now())
    return { outcome: 'ended', sentence: KEY_NONE_OPEN };
  const { stage, failure, usedByRequest } = entry.value;
  if (stage === 'ended') return { outcome: 'ended', sentence: failure ?? KEY_NONE_OPEN };
  if (stage !== 'tested' && stage !== 'used') return { outcome: 'notYet', sentence: KEY_NO_CODE_YET };
  const right = matches(saltedCode(entry.id, request.code.replace(/\s/g, '')), entry.value.codeHash);
  if (stage === 'used') {
    if (right && usedByRequest === request.requestId) return saved(deps, actor, entry);
    return { outcome: 'ended', sentence: KEY_CODE_USED };
  }
  if (!right) return countWrong(deps, entry);
  const used = { ...entry.value, stage: 'used', usedByRequest: request.requestId } as const;
  return saved(deps, actor, await deps.keyEntries.replace(entry, used));
}

async function countWrong(deps: VerifyKeyDeps, entry: Stored<KeyEntry>): Promise<KeyVerified> {
  const wrongCodes = entry.value.wrongCodes + 1;
  if (wrongCodes < WRONG_CODES) {
    await deps.keyEntries.replace(entry, { ...entry.value, wrongCodes });
    return { outcome: 'wrong', left: WRONG_CODES - wrongCodes };
  }
  await endEntry(deps, { ...entry, value: { ...entry.value, wrongCodes } }, KEY_TOO_MANY_CODES);
  return { outcome: 'ended', sentence: KEY_TOO_MANY_CODES };
}

async function saved(deps: VerifyKeyDeps, actor: Actor, entry: Stored<KeyEntry>): Promise<KeyVerified> {
  try {
    const integration = await saveKey(deps, actor, entry);
    return { outcome: entry.value.integrationId ? 'replaced' : 'added', integration };
  } catch (error) {
    if (error instanceof KeyturnError && error.code === 'notFound')
      return { outcome: 'ended', sentence: error.sentence };
    throw error;
  }
}
