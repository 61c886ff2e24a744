import { settingsFault } from '../domain/errors';
import type { Sealed, Vault } from '../domain/integrations/vault';

export interface MasterKey {
  /** The name that is stored beside everything it sealed. */
  kid: string;
  /** 32 bytes. */
  key: Uint8Array;
}

const NONE =
  'MASTER_KEYS is not set, so no API key can be stored. Set it to KEYID:BASE64 (32 random bytes) and restart.';

/**
 * The master keys of the settings as a vault; the first one seals. Without keys it opens and seals nothing.
 */
export function createVault(masterKeys: readonly MasterKey[]): Vault {
  const [first] = masterKeys;
  const keyOf = (kid: string) => masterKeys.find((master) => master.kid === kid)?.key;
  return {
    canSeal: first !== undefined,
    knows: (kid) => keyOf(kid) !== undefined,
    isCurrent: ({ kid }) => kid === first?.kid,
    async seal(secret, context) {
      if (!first) throw settingsFault(NONE);
      return { kid: first.kid, jwe: await encrypted(secret, context, first) };
    },
    async open(sealed, context) {
      const key = keyOf(sealed.kid);
      if (!key)
        throw settingsFault(
          `A stored API key is sealed with the master key “${sealed.kid}”, which is not in MASTER_KEYS. Put it back there and restart.`,
        );
      return decrypted(sealed, context, key);
    },
  };
}

/** The context is in the protected header, which the encryption authenticates. */
async function encrypted(secret: string, context: string, { kid, key }: MasterKey): Promise<string> {
  const { CompactEncrypt } = await import('jose');
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, context })
    .encrypt(key);
}

async function decrypted({ kid, jwe }: Sealed, context: string, key: Uint8Array): Promise<string> {
  const { compactDecrypt } = await import('jose');
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (protectedHeader.kid !== kid || protectedHeader.context !== context) throw unreadable();
  return new TextDecoder().decode(plaintext);
}

const unreadable = (cause?: unknown) =>
  settingsFault(
    'A stored API key cannot be opened: it was changed, or its master key in MASTER_KEYS is another one than it was. Replace the key.',
    cause,
  );
