import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DirectoryFault } from '../../../../agent/ports';
import { MemoryDirectory } from '../../../../sandbox/directory/memoryDirectory';
import {
  ada,
  at,
  baseline,
  bob,
  directory,
  later,
  SECOND,
  useWatch,
  watcher,
} from '../../../helpers/agent/useWatch';

useWatch();

describe('what is late', () => {
  it('a reset made while nobody looked, found at the start', async () => {
    await baseline();
    directory.reset(ada);
    later();
    await watcher.startAgain();
    expect(await watcher.look()).toMatchObject([{ late: true, changedAt: at - SECOND }]);
    later();
    directory.reset(bob);
    expect(await watcher.look()).toMatchObject([{ late: false }]);
  });

  it('a reset made while the directory was away', async () => {
    await baseline();
    directory.fault = new DirectoryFault('unreachable', 'dc1 does not answer.');
    await expect(watcher.look()).rejects.toBe(directory.fault);
    directory.reset(ada);
    later();
    directory.fault = undefined;
    expect(await watcher.look()).toMatchObject([{ late: true }]);
  });
});

describe('what is late, by the domain controller’s clock,', () => {
  it.each([-300_000, 0, 300_000])('which differs by %d ms', async (skewMs) => {
    directory.skewMs = skewMs;
    await baseline();
    directory.reset(ada);
    later();
    await watcher.startAgain();
    const { state } = directory;
    directory.state = async () => {
      const found = await state.call(directory);
      later();
      directory.reset(bob);
      return found;
    };
    const resets = await watcher.look();
    expect(resets.map(({ user, late }) => [user.samAccountName, late])).toEqual([
      ['ada', true],
      ['bob', false],
    ]);
  });
});

describe('another directory than before', () => {
  it('tells a restore, and compares all users', async () => {
    await baseline();
    const copy = directory.copy();
    directory.reset(bob);
    expect(await watcher.look()).toHaveLength(1);
    later();
    directory.restore(copy);
    directory.reset(ada);
    later();
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: ada }, late: true }]);
    expect(watcher.told.at(-1)).toMatchObject({ type: 'directoryChanged', change: 'restored' });
    expect(await watcher.look()).toEqual([]);
    later();
    directory.reset(bob);
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: bob }, late: false }]);
  });

  it('is told with the same id when a kill came before the agent remembered it', async () => {
    await baseline();
    directory.restore(directory.copy());
    await watcher.look();
    const memory = readFileSync(join(watcher.folder, 'memory.jsonl'), 'utf8');
    const earlier = memory.replaceAll(directory.invocationId, 'the-one-before');
    await watcher.startAgain();
    const ids: (string | undefined)[] = [];
    for (let n = 0; n < 2; n++) {
      writeFileSync(join(watcher.folder, 'memory.jsonl'), earlier);
      directory.rename(ada, `ada${n}`);
      await watcher.look();
      await watcher.startAgain();
      ids.push(watcher.told.at(-1)?.id);
    }
    const [one, two] = ids;
    expect(z.string().uuid().safeParse(one).success).toBe(true);
    expect(two).toBe(one);
    later(24 * 60 * 60_000);
    writeFileSync(join(watcher.folder, 'memory.jsonl'), earlier);
    await watcher.look();
    expect(watcher.told.at(-1)?.id).not.toBe(one);
  });

  it('is told after a snapshot was rolled back under the same invocationId', async () => {
    await baseline();
    const copy = directory.copy();
    directory.reset(bob);
    await watcher.look();
    const { invocationId } = directory;
    directory.restore(copy);
    directory.invocationId = invocationId;
    expect(await watcher.look()).toEqual([]);
    expect(watcher.told.at(-1)).toMatchObject({ type: 'directoryChanged', change: 'restored' });
  });

  it('is told for another domain controller, whose USNs mean nothing', async () => {
    await baseline();
    const other = new MemoryDirectory(() => at);
    other.restore({ users: directory.copy().users, usn: 5n });
    other.domainController = 'dc2.contoso.test';
    other.reset(ada);
    later();
    const { state, usersSince } = other;
    Object.assign(directory, { state: state.bind(other), usersSince: usersSince.bind(other) });
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: ada }, late: true }]);
    expect(watcher.told.at(-1)).toMatchObject({ change: 'otherDomainController' });
  });
});
