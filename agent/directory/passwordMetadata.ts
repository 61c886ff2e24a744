import type { SeenUser } from '../ports';

/** The attribute id of unicodePwd, the same in every forest. */
const UNICODE_PWD = 0x9005a;
const HEAD = 16;
const ENTRY = 48;
const SECONDS_1601_TO_1970 = 11_644_473_600;

/**
 * Reads from replPropertyMetaData when and how often a password was set ([MS-DRSR]
 * PROPERTY_META_DATA_VECTOR, version 1). Each attribute has its id, version, originating time in seconds
 * since 1601, and 32 more bytes. The version is 0 for an account that never had a password; undefined: the
 * blob has another form.
 */
export function passwordMetadataOf(blob: Buffer): SeenUser['password'] {
  if (blob.length < HEAD || blob.readUInt32LE(0) !== 1) return undefined;
  const count = blob.readUInt32LE(8);
  if (blob.length < HEAD + count * ENTRY) return undefined;
  for (let at = HEAD; at < HEAD + count * ENTRY; at += ENTRY)
    if (blob.readUInt32LE(at) === UNICODE_PWD)
      return { version: blob.readUInt32LE(at + 4), changedAt: millisecondsOf(blob.readBigUInt64LE(at + 8)) };
  return { version: 0, changedAt: 0 };
}

const millisecondsOf = (seconds: bigint) => Math.max(0, (Number(seconds) - SECONDS_1601_TO_1970) * 1000);
