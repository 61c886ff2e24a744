import { runCommand } from '../../agent/cli/runCommand';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { staySmall } from '../../agent/footprint';
import { createLinuxPlatform } from '../../agent/linux/createLinuxPlatform';
import type { Directory } from '../../agent/ports';
import { systemTiming } from '../../agent/timing';

const USERS = 50_000;

/**
 * Reads the users of a real domain controller again and again, each time under other names, until there are
 * as many as in a large company.
 */
const ofALargeCompany = (directory: Directory): Directory => ({
  ...directory,
  async *usersSince(usn, unread) {
    if (usn > 0n) return yield* directory.usersSince(usn, unread);
    for (let number = 0; number < USERS; )
      for await (const page of directory.usersSince(usn))
        yield page.map((seen) => {
          const end = (number++).toString(16).padStart(12, '0');
          const objectGuid = `${seen.user.objectGuid.slice(0, -12)}${end}`;
          return { ...seen, user: { ...seen.user, objectGuid } };
        });
  },
});

staySmall();
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

/** The agent's program; only the size of the directory differs. */
void runCommand(
  process.argv.slice(2),
  {
    platform: createLinuxPlatform(),
    program: { file: process.execPath, commandOf: (file) => ({ file, args: [] }) },
    installToken: process.env.KEYTURN_INSTALL_TOKEN,
    directoryPassword: undefined,
    readInput: async () => '',
    print: () => undefined,
    timing: systemTiming,
    openDirectory: (settings, log) => ofALargeCompany(createLdapDirectory(settings, log)),
    signal: stop.signal,
  },
  (sentence) => process.stderr.write(`${sentence}\n`),
).then((exitCode) => process.exit(exitCode));
