import { BotRefused, BotUnreachable } from '../bot/botFault';
import { codeOf } from '../files';
import { DirectoryFault, PlatformFault } from '../ports';
import { SettingsFault } from '../settings';
import { CliFault, EXIT, type ExitCode } from './cliFault';

const REFUSED: Record<BotRefused['code'], ExitCode> = {
  token: EXIT.token,
  clock: EXIT.clock,
  unauthorized: EXIT.identity,
  revoked: EXIT.identity,
  invalid: EXIT.notAgreed,
  unsupportedProtocol: EXIT.notAgreed,
  order: EXIT.notAgreed,
  tooLarge: EXIT.notAgreed,
  replayed: EXIT.unreachable,
  tooMany: EXIT.unreachable,
  tryLater: EXIT.unreachable,
};
const PLATFORM: Record<PlatformFault['kind'], ExitCode> = {
  notAdministrator: EXIT.notAdministrator,
  files: EXIT.files,
  task: EXIT.task,
};
const FILES = /^(EACCES|EPERM|ENOENT|EBUSY|ENOSPC|EROFS|EISDIR|ENOTDIR|EEXIST|EXDEV|EIO|EMFILE)$/;

/**
 * Turns anything that was thrown into the exit code and the sentence that end a command. Of a foreign error
 * it tells only the kind.
 */
export function faultOf(error: unknown): CliFault {
  if (error instanceof CliFault) return error;
  if (error instanceof SettingsFault) return new CliFault(EXIT.settings, error.faults.join('\n'));
  if (error instanceof BotUnreachable) return new CliFault(EXIT.unreachable, error.sentence);
  if (error instanceof BotRefused) return new CliFault(REFUSED[error.code], error.sentence);
  if (error instanceof PlatformFault) return new CliFault(PLATFORM[error.kind], error.sentence);
  if (error instanceof DirectoryFault) return new CliFault(EXIT.found, error.sentence);
  const code = codeOf(error);
  if (FILES.test(code)) {
    const path = error instanceof Error && 'path' in error ? ` ${String(error.path)}` : '';
    return new CliFault(EXIT.files, `A file could not be read or written: ${code}${path}`);
  }
  const kind = error instanceof Error ? error.name : 'unknown';
  return new CliFault(EXIT.unexpected, `Something unexpected went wrong (${kind} ${code}).`, {
    cause: error,
  });
}
