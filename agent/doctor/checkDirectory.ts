import type { Directory } from '../ports';
import type { Finding } from './finding';

/** Address, certificate, account and rights, by doing what the agent does. Throws DirectoryFault with what to do. */
export async function checkDirectory(open: () => Promise<Directory>): Promise<Finding> {
  const directory = await open();
  try {
    const { domain, domainController } = await directory.state();
    for await (const [user] of directory.usersSince(0n)) {
      if (!user) continue;
      const where = `${domainController} of ${domain} lets the account read users`;
      if (user.password) return { state: 'ok', sentence: `${where} and when passwords were set.` };
      return {
        state: 'note',
        sentence: `${where}, but not the replication metadata: resets that must be changed at next logon are told apart less well.`,
      };
    }
    return {
      state: 'problem',
      sentence: `${domainController} of ${domain} shows the account no user. Give it the right to read them.`,
    };
  } finally {
    await directory.close();
  }
}
