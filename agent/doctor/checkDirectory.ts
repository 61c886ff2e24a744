import type { Directory, UnreadUser } from '../ports';
import type { Finding } from './finding';

/** How many unread users the finding names. */
const NAMED = 5;

/**
 * Checks address, certificate, account and rights by doing what the agent does. Throws DirectoryFault with
 * what to do.
 */
export async function checkDirectory(open: () => Promise<Directory>): Promise<Finding> {
  const directory = await open();
  try {
    const { domain, domainController } = await directory.state();
    const where = `${domainController} of ${domain} lets the account read users`;
    const unread: UnreadUser[] = [];
    let hasMetadata = false;
    for await (const page of directory.usersSince(0n, (user) => unread.push(user)))
      hasMetadata ||= page.some(({ password }) => password);
    if (unread.length > 0) return { state: 'note', sentence: `${where}, but ${unreadText(unread)}` };
    if (hasMetadata) return { state: 'ok', sentence: `${where} and when passwords were set.` };
    return {
      state: 'note',
      sentence: `${where}, but not the replication metadata. Resets with “must change at next logon” may be missed or reported twice.`,
    };
  } finally {
    await directory.close();
  }
}

const unreadText = (unread: UnreadUser[]) =>
  `not objectGUID and pwdLastSet of ${unread.length} of them, whose resets are not seen: ${unread
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join('; ')}${unread.length > NAMED ? '; and more' : ''}. Give the account the right to read both there.`;
