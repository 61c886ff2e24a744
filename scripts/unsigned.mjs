/** Offsets in a 64-bit Windows executable (PE32+). */
const HEADER = 0x3c;
const OPTIONAL = 24;
const CERTIFICATES = 112 + 4 * 8;

/**
 * An executable without its Authenticode signature. Data that is injected later goes after the signature, but
 * the header would still name the signature's position: signing tools refuse such a file, and scanners
 * distrust it.
 */
export function unsigned(executable) {
  const entry = executable.readUInt32LE(HEADER) + OPTIONAL + CERTIFICATES;
  const start = executable.readUInt32LE(entry);
  if (start === 0) return executable;
  const rest = Buffer.from(executable.subarray(0, start));
  rest.fill(0, entry, entry + 8);
  return rest;
}
