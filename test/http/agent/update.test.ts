import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { patiently } from '../../../agent/cli/program/replaceProgram';
import { AgentTiming } from '../../helpers/agent/agentTiming';
import { installWorld, programOf } from '../../helpers/agent/installWorld';

const systemError = (code: string) => Object.assign(new TypeError('a system error'), { code });

describe('the agent’s update', () => {
  let world: Awaited<ReturnType<typeof installWorld>>;
  afterEach(() => world.close());
  const pair = generateKeyPairSync('ed25519');
  const file = () => join(world.folder, 'download', 'new.js');
  const offer = (text: string, key: KeyObject = pair.privateKey) => {
    writeFileSync(file(), text);
    writeFileSync(`${file()}.sig`, sign(null, Buffer.from(text), key).toString('base64'));
    return createHash('sha256').update(text).digest('hex');
  };
  const update = (sha256: string, ...more: string[]) =>
    world.command(['update', '--file', file(), '--sha256', sha256, ...more]);
  const running = () => readFileSync(world.installed, 'utf8');
  beforeEach(async () => {
    world = await installWorld();
    await world.install();
    const settings = JSON.parse(readFileSync(world.config, 'utf8'));
    const releaseKey = pair.publicKey.export({ format: 'jwk' }).x;
    writeFileSync(world.config, JSON.stringify({ ...settings, releaseKey }));
    world.done.length = 0;
  });

  test('takes a file with the right hash and signature', async () => {
    expect(await update(offer(programOf('0.2.0')).toUpperCase())).toBe(0);
    expect(running()).toContain('0.2.0');
    expect(world.done).toEqual(['stop', 'start']);
  });

  test('refuses another hash, another signer or no signature, and changes nothing', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    offer(programOf('0.2.0'));
    expect(await update('0'.repeat(64))).toBe(30);
    expect(await update(offer(programOf('0.2.0'), other))).toBe(30);
    const hash = offer(programOf('0.2.0'));
    writeFileSync(`${file()}.sig`, '');
    expect(await update(hash)).toBe(30);
    expect(running()).toContain('0.1.0');
    expect(world.done).toEqual([]);
  });

  test('refuses every file when there is no release key', async () => {
    const { releaseKey: _gone, ...settings } = JSON.parse(readFileSync(world.config, 'utf8'));
    writeFileSync(world.config, JSON.stringify(settings));
    expect(await update(offer(programOf('0.2.0')))).toBe(30);
  });

  test('takes no key from the settings when the program was built with one', async () => {
    const own = generateKeyPairSync('ed25519');
    Object.assign(globalThis, { KEYTURN_RELEASE_KEY: own.publicKey.export({ format: 'jwk' }).x });
    try {
      expect(await update(offer(programOf('0.2.0')))).toBe(30);
      expect(world.complaints.at(-1)).toBe(
        'The file is not signed by the release key that this program was built with; "releaseKey" in the settings does not count. Nothing was changed.',
      );
      expect(running()).toContain('0.1.0');
      expect(await update(offer(programOf('0.2.0'), own.privateKey))).toBe(0);
      expect(running()).toContain('0.2.0');
    } finally {
      Reflect.deleteProperty(globalThis, 'KEYTURN_RELEASE_KEY');
    }
  });

  test('never replaces a program that starts with one that does not', async () => {
    expect(await update(offer('process.exit(1)'))).toBe(21);
    expect(running()).toContain('0.1.0');
    expect(world.done).toEqual([]);
  });

  test('takes an earlier release only when the administrator says so, and the same one again', async () => {
    expect(await update(offer(programOf('0.10.0')))).toBe(0);
    world.done.length = 0;
    expect(await update(offer(programOf('0.9.0')))).toBe(32);
    expect(world.complaints.at(-1)).toBe(
      `${file()} is 0.9.0, here is 0.10.0; add --allow-older if that is wanted. Nothing was changed.`,
    );
    expect(world.done).toEqual([]);
    expect(running()).toContain('0.10.0');
    expect(await update(offer(`${programOf('0.10.0')} // again`))).toBe(0);
    expect(await update(offer(programOf('0.9.0')), '--allow-older')).toBe(0);
    expect(running()).toContain('0.9.0');
  });

  test('keeps the earlier program running when it cannot replace the file', async () => {
    const { stop } = world.task;
    world.task.stop = async () => {
      await stop();
      rmSync(join(world.folder, 'program', 'trial-keyturn-agent.js'));
    };
    expect(await update(offer(programOf('0.2.0')))).toBe(21);
    expect(running()).toContain('0.1.0');
    expect(await world.task.state()).toBe('running');
  });

  test('waits for a program that is held for a moment', async () => {
    const timing = new AgentTiming(() => true);
    const held = [systemError('EBUSY'), systemError('EPERM')];
    const work = async () => {
      const error = held.shift();
      if (error) throw error;
      return 'done';
    };
    await expect(patiently(work, timing)).resolves.toBe('done');
    expect(timing.slept).toEqual([500, 500]);
    const always = () => Promise.reject(systemError('EBUSY'));
    await expect(patiently(always, timing)).rejects.toMatchObject({ code: 'EBUSY' });
    await expect(patiently(() => Promise.reject(systemError('ENOSPC')), timing)).rejects.toMatchObject({
      code: 'ENOSPC',
    });
  });

  test('goes back to the earlier program when the new one does not stay up', async () => {
    world.task.dies = () => running().includes('0.2.0');
    expect(await update(offer(programOf('0.2.0')))).toBe(31);
    expect(running()).toContain('0.1.0');
    expect(await world.task.state()).toBe('running');
  });
});
