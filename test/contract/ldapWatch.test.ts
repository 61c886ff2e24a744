import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { createUnreadUsers } from '../../agent/directory/unreadUsers';
import type { Directory } from '../../agent/ports';
import { systemTiming } from '../../agent/timing';
import { createWatch } from '../../agent/watch/runWatch';
import type { NewAgentEvent } from '../../domain/agentProtocol/agentEvent';
import { openSambaServer, type SambaServer } from '../../sandbox/samba/sambaServer';
import { quietLog } from '../helpers/agent/watchWorld';
import { sambaPart } from '../helpers/directory/sambaPart';
import { describeWith } from '../helpers/process/parts';

/** Notes each question to the controller. */
function counted(directory: Directory, asked: string[], each: () => void): Directory {
  return {
    ...directory,
    async highestUsn() {
      const usn = await directory.highestUsn();
      asked.push('usn');
      each();
      return usn;
    },
    usersSince(usn) {
      asked.push('users');
      return directory.usersSince(usn);
    },
  };
}

describeWith(sambaPart, 'the watch of a domain controller', () => {
  let server: SambaServer;
  beforeAll(async () => {
    server = await openSambaServer();
  });
  afterAll(() => server.close());

  it('asks for the highest USN again and again, reads users only when it moved, and tells a reset with the next answer', async () => {
    const { admin, url, fingerprint: pin } = server;
    const target = await admin.addUser('watched', { password: 'Secret-of-Watched-1' });
    const account = await admin.addUser('svc-watch', { password: 'Reader-Password-1' });
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-watch-'));
    const asked: string[] = [];
    let heard = (): void => undefined;
    const until = async (done: () => boolean) => {
      while (!done())
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
    };
    const usns = () => asked.filter((what) => what === 'usn').length;
    const directory = createLdapDirectory({ url, account, password: 'Reader-Password-1', pin }, quietLog);
    const watch = createWatch({
      openDirectory: async () => counted(directory, asked, () => heard()),
      resetLog: { whoReset: async () => undefined },
      folder,
      timing: systemTiming,
    });
    const told: NewAgentEvent[] = [];
    const stop = new AbortController();
    const running = watch({
      append: async (events) => {
        told.push(...events);
        heard();
      },
      unread: createUnreadUsers(() => undefined, quietLog),
      askDeltaSync: () => undefined,
      tellHealth: () => undefined,
      clock: { now: Date.now },
      log: quietLog,
      signal: stop.signal,
    });
    await until(() => usns() >= 8);
    const before = asked.filter((what) => what === 'users').length;
    expect(before).toBeLessThan(usns() / 2);
    const from = usns();
    await admin.reset(target, 'Secret-of-Watched-2');
    await until(() => told.length > 0);
    expect(told).toMatchObject([{ type: 'reset', user: { samAccountName: 'watched' }, late: false }]);
    // One answer may have been on its way while the test set the password.
    expect(usns() - from).toBeLessThanOrEqual(2 + 1);
    stop.abort();
    await running;
    rmSync(folder, { recursive: true, force: true });
  });
});
