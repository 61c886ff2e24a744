/** Something that a test needs beside npm's packages. `missing` says what it is and how to get it. */
export interface Part {
  /** For example: `Chromium - to get it: apt-get install chromium`. */
  missing?: string;
}

/** A describe. On a machine without the part it is skipped, and says so in one line. */
export function describeWith(part: Part, name: string, define: () => void): void {
  if (part.missing !== undefined) process.stderr.write(`skipped: ${name}: needs ${part.missing}\n`);
  const declare = part.missing === undefined ? describe : describe.skip;
  declare(name, define);
}
