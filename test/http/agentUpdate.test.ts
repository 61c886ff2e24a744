import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installWorld } from '../helpers/installWorld';

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
  const update = (sha256: string) => world.command(['update', '--file', file(), '--sha256', sha256]);
  const running = () => readFileSync(world.installed, 'utf8');
  beforeEach(async () => {
    world = await installWorld();
    await world.install();
    const settings = JSON.parse(readFileSync(world.config, 'utf8'));
    const releaseKey = pair.publicKey.export({ format: 'jwk' }).x;
    writeFileSync(world.config, JSON.stringify({ ...settings, releaseKey }));
    world.done.length = 0;
  });

  test('takes a file of the right hash and signature', async () => {
    expect(await update(offer('process.exit(0) // version 2').toUpperCase())).toBe(0);
    expect(running()).toContain('version 2');
    expect(world.done).toEqual(['stop', 'start']);
  });

  test('refuses another hash, another signer and no signature, and nothing has changed', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    offer('process.exit(0) // version 2');
    expect(await update('0'.repeat(64))).toBe(30);
    expect(await update(offer('process.exit(0) // version 2', other))).toBe(30);
    const hash = offer('process.exit(0) // version 2');
    writeFileSync(`${file()}.sig`, '');
    expect(await update(hash)).toBe(30);
    expect(running()).toContain('version 1');
    expect(world.done).toEqual([]);
  });

  test('refuses everything when there is no release key', async () => {
    const { releaseKey: _gone, ...settings } = JSON.parse(readFileSync(world.config, 'utf8'));
    writeFileSync(world.config, JSON.stringify(settings));
    expect(await update(offer('process.exit(0) // version 2'))).toBe(30);
  });

  test('a program that does not start never takes the place of one that does', async () => {
    expect(await update(offer('process.exit(1) // version 2'))).toBe(21);
    expect(running()).toContain('version 1');
    expect(await world.task.state()).toBe('running');
  });

  test('a program that does not stay up gives way to the one before', async () => {
    world.task.dies = () => running().includes('version 2');
    expect(await update(offer('process.exit(0) // version 2'))).toBe(31);
    expect(running()).toContain('version 1');
    expect(await world.task.state()).toBe('running');
  });
});
