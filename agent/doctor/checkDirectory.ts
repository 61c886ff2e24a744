import type { Directory } from '../ports';
import type { Finding } from './finding';

/** Address, certificate, account and rights, by doing what the agent does. Throws DirectoryFault with what to do. */
export async function checkDirectory(open: () => Promise<Directory>): Promise<Finding> {
  const directory = await open();
  try {
    const { domain, domainController } = await directory.state();
    const where = `${domainController} of ${domain} lets the account read users`;
    for await (const page of directory.usersSince(0n))
      if (page.some(({ password }) => password))
        return { state: 'ok', sentence: `${where} and when passwords were set.` };
    return {
      state: 'note',
      sentence: `${where}, but not the replication metadata: resets that must be changed at next logon are told apart less well.`,
    };
  } finally {
    await directory.close();
  }
}
