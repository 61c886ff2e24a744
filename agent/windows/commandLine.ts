/**
 * Joins arguments to one line that Windows programs split into the same arguments (the rules of
 * CommandLineToArgvW).
 */
export const commandLineOf = (args: string[]): string => args.map(quoted).join(' ');

/** A backslash stands for itself, unless a quotation mark follows: then each one is doubled. */
const quoted = (arg: string): string =>
  /^[^\s"]+$/.test(arg) ? arg : `"${arg.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
