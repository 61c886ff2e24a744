import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CliFault, EXIT } from './cliFault';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const common = { config: text, quiet: flag } as const;
const bot = { server: text, 'server-ca': text, proxy: text } as const;
const directory = {
  directory: text,
  account: text,
  pin: text,
  ca: text,
  'make-certificate': flag,
  'make-account': flag,
} as const;

const setUp = { ...common, ...bot, ...directory, 'run-as': text, 'allow-older': flag } as const;

const COMMANDS = {
  run: common,
  enrol: { ...common, ...bot },
  install: setUp,
  repair: setUp,
  update: { ...common, file: text, sha256: text, 'allow-older': flag },
  uninstall: { ...common, 'keep-data': flag },
  doctor: common,
  version: common,
} as const;
export type CommandName = keyof typeof COMMANDS;

type Commands = typeof COMMANDS;
type Known = typeof setUp & Commands['update'] & Commands['uninstall'];

/** The options of all commands. Each command accepts only its own. */
export type Options = {
  [Name in keyof Known]?: Known[Name]['type'] extends 'string' ? string : boolean;
};

const isCommand = (name: string | undefined): name is CommandName => name !== undefined && name in COMMANDS;

/** Throws CliFault 'usage'. No option takes a secret, because everybody can read a command line. */
export function parseCommand(args: string[]): { command: CommandName; options: Options } {
  const name = args.find((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--config');
  if (!isCommand(name)) throw new CliFault(EXIT.usage, USAGE);
  const { values, positionals } = parsed(args, name);
  if (positionals.length > 1) throw new CliFault(EXIT.usage, `"${name}" takes options alone.\n${USAGE}`);
  return { command: name, options: values };
}

function parsed(args: string[], name: CommandName): { values: Options; positionals: string[] } {
  try {
    const options: ParseArgsConfig['options'] = COMMANDS[name];
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    // The parser's message may quote a secret that somebody gave as an argument.
    throw new CliFault(EXIT.usage, `An option of "${name}" is not known or lacks its value.\n${USAGE}`);
  }
}

const USAGE = `keyturn-agent [--config FILE] [--quiet] COMMAND
  install    --server URL [--directory ldaps://DC] [--account NAME | --make-account]
             [--pin SHA256 | --make-certificate | --ca FILE] [--server-ca FILE] [--proxy URL] [--run-as GMSA]
             [--allow-older]
  enrol      --server URL [--server-ca FILE] [--proxy URL]
  repair     the same, with what was set before; keeps an enrolment that works
  update     --file FILE --sha256 HASH [--allow-older]     (FILE.sig beside it)
  uninstall  [--keep-data]
  doctor     checks everything the agent depends on
  run        what the start-up task does
  version
Secrets come from the environment: KEYTURN_INSTALL_TOKEN (or standard input), KEYTURN_DIRECTORY_PASSWORD.`;
