import { join, resolve } from 'node:path';
import { doctor } from '../doctor/doctor';
import { VERSION } from '../version';
import { writeSettings } from '../writeSettings';
import { asTyped } from './asTyped';
import type { CliDeps } from './cliDeps';
import { EXIT, type ExitCode } from './cliFault';
import { enrol } from './enrol';
import { faultOf } from './faultOf';
import { forgetUnreadable } from './forgetUnreadable';
import { mergeSettings, storedSettings } from './mergeSettings';
import { type CommandName, type Options, parseCommand } from './parseCommand';
import { install, repair } from './program/install';
import { installedProgram } from './program/prepareProgram';
import { uninstall } from './program/uninstall';
import { update } from './program/update';
import { run } from './run';

type Command = (config: string, options: Options, deps: CliDeps) => Promise<ExitCode>;

const ok =
  (work: (config: string, options: Options, deps: CliDeps) => Promise<void>): Command =>
  async (...given) => {
    await work(...given);
    return EXIT.ok;
  };

const commands: Record<CommandName, Command> = {
  install: ok(install),
  repair: ok(repair),
  enrol: ok(async (config, options, deps) => {
    const settings = mergeSettings(await storedSettings(config), options);
    await forgetUnreadable(config, deps);
    await enrol(config, await writeSettings(config, settings, deps.platform), deps);
  }),
  update: ok(update),
  uninstall: ok(uninstall),
  doctor: (config, _options, deps) => doctor(config, deps),
  run: ok((config, _options, deps) => run(config, deps)),
  version: ok(async (_config, _options, { print }) => print(VERSION)),
};

/**
 * Runs one command, from its arguments to its exit code, and hands every fault to `complain`. Never throws.
 */
export async function runCommand(
  args: string[],
  deps: CliDeps,
  complain: (sentence: string) => void,
): Promise<ExitCode> {
  let config: string | undefined;
  const usual = join(deps.platform.dataFolder, 'settings.json');
  const typed = (line: string) =>
    asTyped(line, installedProgram(deps), config === usual ? undefined : config);
  try {
    const { command, options } = parseCommand(args);
    config = resolve(options.config ?? usual);
    const print = options.quiet ? () => undefined : (line: string) => deps.print(typed(line));
    return await commands[command](config, options, { ...deps, print });
  } catch (error) {
    const { exitCode, sentence } = faultOf(error);
    complain(typed(sentence));
    return exitCode;
  }
}
