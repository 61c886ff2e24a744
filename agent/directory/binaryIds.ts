/**
 * Shows the 16 bytes of an Active Directory GUID as Windows does: the first three groups begin with the
 * lowest byte.
 */
export function guidOf(bytes: Buffer): string {
  const hex = Buffer.concat([
    Buffer.from(bytes.subarray(0, 4)).reverse(),
    Buffer.from(bytes.subarray(4, 6)).reverse(),
    Buffer.from(bytes.subarray(6, 8)).reverse(),
    bytes.subarray(8),
  ]).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * S-1-5-21-...: revision, count, a 48-bit authority with the highest byte first, then 32-bit parts with the
 * lowest byte first ([MS-DTYP] 2.4.2.2).
 */
export function sidOf(bytes: Buffer): string | undefined {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 || bytes.length !== 8 + 4 * count) return undefined;
  const parts = Array.from({ length: count }, (_, n) => bytes.readUInt32LE(8 + 4 * n));
  return ['S', bytes[0], bytes.readUIntBE(2, 6), ...parts].join('-');
}
