import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAppCredentials } from 'botframework-connector';
import { generate } from 'selfsigned';
import { createBoundedCache } from '../../bot/channel/boundedCache';
import { CertificateCredentialsFactory } from '../../bot/channel/certificateCredentialsFactory';
import { readCertificate } from '../../bot/channel/readCertificate';

describe('createBoundedCache', () => {
  it('makes a value once per key, even when two ask at the same time', async () => {
    const cache = createBoundedCache<object>(2);
    const make = jest.fn(async () => ({}));
    const [first, second] = await Promise.all([cache('a', make), cache('a', make)]);
    expect(second).toBe(first);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it('drops the value that was unused for longest', async () => {
    const cache = createBoundedCache<string | number>(2);
    const made: string[] = [];
    const ask = (key: string) => cache(key, async () => made.push(key) && key);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('forgets a failure', async () => {
    const cache = createBoundedCache<string>(2);
    await expect(cache('a', async () => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    expect(await cache('a', async () => 'yes')).toBe('yes');
  });
});

describe('reading a certificate', () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
    const [one, two] = [await generate(), await generate()];
    await Promise.all([
      writeFile(file('one.crt'), one.cert),
      writeFile(file('one.key'), one.private),
      writeFile(file('two.key'), two.private),
    ]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes it with its key, and it signs in at its own cloud', async () => {
    const pair = await readCertificate({ certificateFile: file('one.crt'), keyFile: file('one.key') });
    const factory = new CertificateCredentialsFactory('app', pair, 'https://login.microsoftonline.us/tenant');
    const credentials = await factory.createCredentials('app', 'https://api.botframework.us');
    expect(credentials).toBeInstanceOf(CertificateAppCredentials);
    expect(credentials).toMatchObject({
      appId: 'app',
      oAuthEndpoint: 'https://login.microsoftonline.us/tenant',
      oAuthScope: 'https://api.botframework.us',
    });
    expect(JSON.stringify(credentials)).not.toContain('PRIVATE KEY');
    expect([await factory.isValidAppId('other'), await factory.isAuthenticationDisabled()]).toEqual([
      false,
      false,
    ]);
  });

  it.each([
    ['the key of another', 'one.crt', 'two.key', 'is not the private key'],
    ['a missing file', 'none.crt', 'one.key', 'cannot be read'],
    ['files the wrong way round', 'one.key', 'one.crt', 'both PEM'],
  ])('refuses %s', async (_name, certificateFile, keyFile, words) => {
    const reading = readCertificate({ certificateFile: file(certificateFile), keyFile: file(keyFile) });
    await expect(reading).rejects.toMatchObject({
      code: 'settings',
      sentence: expect.stringContaining(words),
    });
  });
});
