import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { directoryUser } from '../../domain/agentProtocol/directoryUser';
import { MemoryDirectory } from '../directory/memoryDirectory';
import { type CustomerDirectory, type SecurityLog, UnknownUser } from './customerDirectory';
import { FABRIKAM, type NewUser } from './fabrikamUsers';

const DAY = 24 * 60 * 60 * 1000;
/**
 * Older than the times that the tenant's stand-in gives its users, so no password is on its way when the demo
 * begins.
 */
const PASSWORDS_AGE_MS = 60 * DAY;

const usn = z.string().transform(BigInt);
const kept = z.object({
  invocationId: z.string(),
  usn,
  users: z.array(
    z.object({
      user: directoryUser,
      usn,
      password: z.object({ version: z.number(), changedAt: z.number() }),
    }),
  ),
});

/** An Active Directory in memory. It is saved in `file`, so that its USNs go on from the last one. */
export function openMemoryCustomer(
  file: string,
  users: readonly NewUser[],
  securityLog: SecurityLog,
): CustomerDirectory {
  let early = PASSWORDS_AGE_MS;
  const directory = new FabrikamDirectory(() => Date.now() - early);
  directory.domainController = `dc1.${FABRIKAM}`;
  if (existsSync(file)) read(directory, file);
  else for (const user of users) add(directory, user);
  early = 0;
  const named = (name: string) => directory.list().find(({ samAccountName }) => samAccountName === name);
  return {
    name: `dc1.${FABRIKAM}`,
    // Its password does not matter here, because nobody checks it.
    agent: { url: `ldaps://dc1.${FABRIKAM}`, account: `svc-keyturn@${FABRIKAM}`, password: 'memory' },
    open: () => directory,
    users: async () => directory.list(),
    async setPassword(name, way) {
      const user = named(name);
      if (!user) throw new UnknownUser(name);
      securityLog.note(name, way);
      directory.reset(user.objectGuid, { mustChange: way === 'mustChange' });
      write(directory, file);
    },
    close: async () => write(directory, file),
  };
}

class FabrikamDirectory extends MemoryDirectory {
  override async state() {
    return { ...(await super.state()), domain: FABRIKAM };
  }
}

function add(directory: MemoryDirectory, { mustChange, ...user }: NewUser): void {
  const objectGuid = directory.add(user.samAccountName, user);
  if (mustChange) directory.reset(objectGuid, { mustChange });
}

function read(directory: MemoryDirectory, file: string): void {
  const { invocationId, users, usn } = kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  directory.restore({ usn, users: new Map(users.map((seen) => [seen.user.objectGuid, seen])) });
  directory.invocationId = invocationId;
}

/** Writes the file whole or not at all, because a demo can end at any moment. */
function write(directory: MemoryDirectory, file: string): void {
  const { users, usn } = directory.copy();
  const { invocationId } = directory;
  const text = JSON.stringify({ invocationId, usn, users: [...users.values()] }, (_name, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
