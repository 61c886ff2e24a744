/** Arguments as one line that Windows programs take apart again into just these (the rules of CommandLineToArgvW). */
export const commandLineOf = (args: string[]): string => args.map(quoted).join(' ');

/** Backslashes count as they are, unless a quotation mark follows: then each is doubled. */
const quoted = (arg: string): string =>
  /^[^\s"]+$/.test(arg) ? arg : `"${arg.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
