import { runCommand } from '../../agent/cli/runCommand';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { createLinuxPlatform } from '../../agent/linux/createLinuxPlatform';
import type { Directory, SeenUser } from '../../agent/ports';
import { systemTiming } from '../../agent/timing';

const USERS = 50_000;
const PAGE = 500;

/** Users of a large company, made as they are asked for and held by nobody. */
function userOf(number: number): SeenUser {
  const hex = number.toString(16).padStart(12, '0');
  const name = `firstname${number}.familyname${number}`;
  const unit = 'OU=Users,OU=Location 7,OU=Offices,DC=corp,DC=contoso,DC=test';
  return {
    user: {
      objectGuid: `7f3c5c1e-5d0b-4b57-9a53-${hex}`,
      objectSid: `S-1-5-21-1004336348-1177238915-682003330-${1000 + number}`,
      samAccountName: `user${number}`,
      userPrincipalName: `${name}@contoso.test`,
      mail: `${name}@contoso.test`,
      displayName: `Firstname${number} Familyname${number}`,
      distinguishedName: `CN=Firstname${number} Familyname${number},${unit}`,
      userAccountControl: 512,
      pwdLastSet: '133800000000000000',
      memberOf: ['Sales', 'Intranet', 'Printers', 'VPN'].map((group) => `CN=${group},OU=Groups,${unit}`),
    },
    usn: BigInt(number),
    password: { version: 3, changedAt: 1_735_000_000_000 },
  };
}

const directory: Directory = {
  state: async () => ({
    domain: 'corp.contoso.test',
    domainController: 'dc1.corp.contoso.test',
    invocationId: '7f3c5c1e-5d0b-4b57-9a53-0d7c6a1f1f03',
    highestUsn: BigInt(USERS),
    now: Date.now(),
  }),
  async *usersSince(usn) {
    for (let from = Math.max(1, Number(usn)); from <= USERS; from += PAGE)
      yield Array.from({ length: Math.min(PAGE, USERS + 1 - from) }, (_, n) => userOf(from + n));
  },
  close: async () => undefined,
};

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

/** The agent's program, but for the directory; the reader by LDAPS is loaded as it is there. */
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
    openDirectory: (settings, log) => (settings.url ? directory : createLdapDirectory(settings, log)),
    signal: stop.signal,
  },
  (sentence) => process.stderr.write(`${sentence}\n`),
).then((exitCode) => process.exit(exitCode));
