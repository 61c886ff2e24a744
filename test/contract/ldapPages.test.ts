import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { quietLog, Watcher } from '../helpers/agent/watchWorld';
import { PlayedLdap, playedUser } from '../helpers/directory/playedLdap';

describe('an answer in pages', () => {
  let server: PlayedLdap;
  const open = () => {
    const { url, pin } = server;
    return createLdapDirectory({ url, pin, account: 'CONTOSO\\reader', password: 'Reader-1' }, quietLog);
  };
  const later = { pwdLastSet: '134399853398703140' };

  beforeEach(async () => {
    server = await new PlayedLdap().open();
  });
  afterEach(() => server.close());

  it('is read to its end by the cookie, even after an empty page', async () => {
    server.pages = [
      { entries: [playedUser('user1')], cookie: 'a' },
      { entries: [], cookie: 'b' },
      { entries: [playedUser('user3')], cookie: '' },
    ];
    const watcher = new Watcher(open());
    expect(await watcher.look()).toEqual([]);
    server.usn = 5001;
    server.pages = [
      { entries: [], cookie: 'c' },
      { entries: [playedUser('user3', later)], cookie: '' },
    ];
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'user3' } }]);
    await watcher.close();
  });

  it('that never ends counts as incomplete, and a later look finds the rest', async () => {
    server.pages = [{ entries: [playedUser('user1'), playedUser('user2')], cookie: '' }];
    const watcher = new Watcher(open());
    await watcher.look();
    server.usn = 5001;
    server.asked = 0;
    server.pages = [{ entries: [], cookie: 'x' }];
    await expect(watcher.look()).rejects.toMatchObject({
      kind: 'unreachable',
      sentence: expect.stringMatching(/did not end after/),
    });
    expect(server.asked).toBeLessThan(1_100);
    server.pages = [{ entries: [playedUser('user2', later)], cookie: '' }];
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'user2' } }]);
    await watcher.close();
  });

  it('that was incomplete makes the agent forget nobody', async () => {
    const all = [playedUser('user1'), playedUser('user2')];
    server.pages = [{ entries: all, cookie: '' }];
    const watcher = new Watcher(open());
    await watcher.look();
    server.usn = 4000;
    server.pages = [
      { entries: [playedUser('user1')], cookie: 'a' },
      { entries: [], cookie: 'x' },
    ];
    await expect(watcher.look()).rejects.toMatchObject({ kind: 'unreachable' });
    server.pages = [{ entries: [playedUser('user1'), playedUser('user2', later)], cookie: '' }];
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'user2' } }]);
    await watcher.close();
  });
});
