/** Something a test needs beyond npm's packages: there, or `missing` with what it is and how to get it. */
export interface Part {
  /** Such as: `Chromium - to get it: apt-get install chromium`. */
  missing?: string;
}

/** A describe that is skipped, and says so in one line, on a machine where the part is missing. */
export function describeWith(part: Part, name: string, define: () => void): void {
  if (part.missing !== undefined) process.stderr.write(`skipped: ${name}: needs ${part.missing}\n`);
  const declare = part.missing === undefined ? describe : describe.skip;
  declare(name, define);
}
