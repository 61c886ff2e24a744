/** Offsets in a 64-bit Windows executable (PE32+). */
const HEADER = 0x3c;
const OPTIONAL = 24;
const CERTIFICATES = 112 + 4 * 8;

/**
 * An executable without its Authenticode signature. What is injected afterwards goes behind the signature, whose place in the file the header would go on
 * naming: tools that sign refuse such a file, and scanners distrust it.
 */
export function unsigned(executable) {
  const entry = executable.readUInt32LE(HEADER) + OPTIONAL + CERTIFICATES;
  const start = executable.readUInt32LE(entry);
  if (start === 0) return executable;
  const rest = Buffer.from(executable.subarray(0, start));
  rest.fill(0, entry, entry + 8);
  return rest;
}
