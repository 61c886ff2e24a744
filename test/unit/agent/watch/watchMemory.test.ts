import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryFault } from '../../../../agent/ports';
import { openMemory } from '../../../../agent/watch/memory';
import { ada, baseline, bob, directory, later, useWatch, watcher } from '../../../helpers/agent/useWatch';
import { identityOf } from '../../../helpers/agent/watchWorld';

useWatch();
const memoryFile = () => join(watcher.folder, 'memory.jsonl');

describe('a kill', () => {
  it('before the queue has a reset: the next start tells it', async () => {
    await baseline();
    directory.reset(ada);
    watcher.appending = () => {
      throw new DirectoryFault('unreachable', 'killed');
    };
    await expect(watcher.look()).rejects.toThrow('killed');
    await watcher.startAgain();
    watcher.appending = () => undefined;
    expect(await watcher.look()).toHaveLength(1);
  });

  it('at any byte of the memory loses no reset, and repeats only what was told', async () => {
    await watcher.look();
    const start = statSync(memoryFile()).size;
    for (const account of [ada, bob, ada]) {
      later();
      directory.reset(account);
      await watcher.look();
    }
    const told = new Set(watcher.told.filter((event) => event.type === 'reset').map(identityOf));
    await watcher.startAgain();
    const whole = readFileSync(memoryFile());
    const last = directory.copy();
    for (let size = start; size <= whole.length; size++) {
      writeFileSync(memoryFile(), whole.subarray(0, size));
      directory.reset(bob);
      const found = (await watcher.look()).map(identityOf);
      expect(found.filter((one) => !told.has(one))).toHaveLength(1);
      await watcher.startAgain();
      const { invocationId } = directory;
      directory.restore(last);
      directory.invocationId = invocationId;
    }
  });

  it('during the first reading of everything makes the reading begin again', async () => {
    await watcher.look();
    await watcher.startAgain();
    const lines = readFileSync(memoryFile(), 'utf8').split('\n');
    const firstAccount = lines.slice(0, lines.findIndex((line) => line.includes(ada)) + 1);
    writeFileSync(memoryFile(), `${firstAccount.join('\n')}\n`);
    directory.reset(ada);
    expect(await watcher.look()).toEqual([]);
    directory.reset(ada);
    expect(await watcher.look()).toHaveLength(1);
  });

  it('after a look that showed the account only itself makes the agent read everything again', async () => {
    const all = directory.copy();
    const itself = new Map([...all.users].filter(([objectGuid]) => objectGuid === ada));
    directory.restore({ ...all, users: itself });
    const { invocationId } = directory;
    await watcher.look();
    directory.restore(all);
    directory.invocationId = invocationId;
    await watcher.startAgain();
    expect(await watcher.look()).toEqual([]);
    later();
    directory.reset(bob);
    expect(await watcher.look()).toHaveLength(1);
  });

  it('does no damage: the agent leaves out lines that it cannot read', async () => {
    await baseline();
    await watcher.startAgain();
    appendFileSync(memoryFile(), '{"dc":"x"}\n\0\0\0\n["half');
    directory.reset(ada);
    expect(await watcher.look()).toHaveLength(1);
  });
});

describe('the memory', () => {
  it('is readable only for its owner', async () => {
    await baseline();
    expect(statSync(memoryFile()).mode & 0o777).toBe(0o600);
  });

  it('is not written without a change, and not for every USN', async () => {
    await baseline();
    const { size } = statSync(memoryFile());
    for (let n = 0; n < 50; n++) {
      directory.rename(ada, `ada${n}`);
      await watcher.look();
    }
    expect(statSync(memoryFile()).size).toBe(size);
  });

  it('is written anew when most of it is outdated, and loses nothing', async () => {
    await baseline();
    await watcher.startAgain();
    const memory = await openMemory(watcher.folder);
    const ids = Array.from({ length: 500 }, (_, n) =>
      `${n}`.padStart(8, '0').concat('-1111-4111-8111-111111111111'),
    );
    const mark = { domainController: 'dc1', invocationId: 'i', usn: 7n };
    const sizes: number[] = [];
    for (let round = 1; round <= 60; round++) {
      await memory.remember(ids.map((id) => [id, { pwdLastSet: `${round}`, version: round }]));
      await memory.arrive(mark);
      sizes.push(statSync(memoryFile()).size);
    }
    expect(Math.max(...sizes)).toBeLessThan(1_200_000);
    expect(sizes.filter((size, n) => size < (sizes[n - 1] ?? 0))).toHaveLength(1);
    await memory.close();
    const again = await openMemory(watcher.folder);
    expect(again.known(ids[7] ?? '')).toEqual({ pwdLastSet: '60', version: 60 });
    expect(again.mark()).toEqual(mark);
    await again.close();
  });

  it('forgets missing accounts when everything is read again', async () => {
    await baseline();
    const { users, usn } = directory.copy();
    users.delete(bob);
    directory.restore({ users, usn });
    await watcher.look();
    expect(readFileSync(memoryFile(), 'utf8')).not.toContain(bob);
  });
});
