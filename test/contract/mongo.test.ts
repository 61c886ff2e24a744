import { inspect } from 'node:util';
import { MongoClient } from 'mongodb';
import type { Customer } from '../../domain/customers/customer';
import { StoreUnavailable, VersionConflict } from '../../domain/errors';
import type { AnyCollection } from '../../storage/collectionDef';
import { customers } from '../../storage/collections/customers';
import { createStore } from '../../storage/createStore';
import { openMongo } from '../../storage/drivers/mongo';
import { type CuttingProxy, cuttingProxy } from '../helpers/agent/cuttingProxy';
import { describeWith } from '../helpers/process/parts';
import { type OwnMongoServer, ownMongo } from '../helpers/store/mongoServer';
import { type StorageWorld, silent, world } from '../helpers/store/storageWorlds';
import { samples } from '../helpers/store/storeSamples';

const SECRET = 'not-to-be-seen';
const part = ownMongo();

describeWith(part, 'the MongoDB store in case of trouble', () => {
  let server: OwnMongoServer;
  let proxy: CuttingProxy;
  let bot: StorageWorld;
  let databases = 0;
  const person = samples.people.make(1);
  const portOf = ({ uri }: OwnMongoServer) => Number(new URL(uri).port);
  const through = (port: number) => server.uri.replace(`:${portOf(server)}/`, `:${port}/`);

  beforeAll(async () => {
    server = await part.open();
    proxy = await cuttingProxy(portOf(server));
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });
  beforeEach(() => {
    const database = `wrong-${databases++}`;
    bot = world({ kind: 'mongodb', uri: through(proxy.port), database }, async () => undefined);
  });
  afterEach(() => bot.close());

  test('a connection is cut before a write is done: the driver writes again, and one document exists', async () => {
    const { stores } = await bot.open();
    const before = proxy.closedByServer();
    await failing(['insert'], 1);
    const saved = await stores.people.insert('a', person);
    expect(proxy.closedByServer() - before).toBe(1);
    expect(await stores.people.get('a')).toEqual(saved);
    await failing(['update'], 1);
    await stores.people.replace(saved, person);
    expect(proxy.closedByServer() - before).toBe(2);
    expect(await stores.people.get('a')).toMatchObject({ version: 2 });
    expect(await stores.people.count()).toBe(1);
  });

  test('an answer is lost once or twice: the store recognizes the write as its own', async () => {
    const { stores } = await bot.open();
    for (const times of [1, 2]) {
      const before = proxy.lost();
      proxy.loseAnswers('insert\0', times);
      const saved = await stores.people.insert(`lost-${times}`, person);
      expect(proxy.lost() - before).toBe(times);
      proxy.loseAnswers('update\0', times);
      const next = await stores.people.replace(saved, { ...person, name: 'Adele Vance' });
      expect(proxy.lost() - before).toBe(2 * times);
      expect(await stores.people.get(saved.id)).toEqual(next);
      await expect(stores.people.replace(saved, person)).rejects.toThrow(VersionConflict);
    }
    expect(await stores.people.count()).toBe(2);
  });

  test('a write that was never done is not reported as done', async () => {
    const { stores } = await bot.open();
    await failing(['insert'], 2);
    await expect(stores.people.insert('a', person)).rejects.toThrow(StoreUnavailable);
    expect(await stores.people.get('a')).toBeUndefined();
    const saved = await stores.people.insert('a', person);
    await failing(['update'], 2);
    await expect(stores.people.replace(saved, person)).rejects.toThrow(StoreUnavailable);
    expect(await stores.people.get('a')).toEqual(saved);
  });

  test('an outcome that cannot be seen is not guessed', async () => {
    const { stores } = await bot.open();
    proxy.loseAnswers('insert\0', 2);
    await failing(['find'], 2);
    await expect(stores.people.insert('a', person)).rejects.toThrow(StoreUnavailable);
    proxy.loseAnswers('delete\0', 2);
    await expect(stores.people.remove('a')).rejects.toThrow(StoreUnavailable);
    expect(await stores.people.get('a')).toBeUndefined();
  });

  test('a server that stops is reported as unavailable, and is used again when it is back', async () => {
    const { stores, ready } = await bot.open();
    const saved = await stores.people.insert('a', person);
    await server.stop();
    const during = [
      stores.people.get('a'),
      stores.people.replace(saved, person),
      stores.people.insert('b', person),
    ];
    const results = await Promise.allSettled(during);
    for (const result of results) expect(result).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(await ready()).toBe(false);
    await server.start();
    expect(await stores.people.get('a')).toEqual(saved);
    expect(await ready()).toBe(true);
    expect((await stores.people.replace(saved, person)).version).toBe(2);
  });

  test('nobody notices a server that is back within seconds', async () => {
    const { stores } = await bot.open();
    const saved = await stores.people.insert('a', person);
    await server.stop();
    const late = stores.people.replace(saved, person);
    await server.start();
    expect((await late).version).toBe(2);
    expect(await stores.people.get('a')).toMatchObject({ version: 2 });
  });

  test('a key that is declared later is filled in for existing documents', async () => {
    if (bot.config.kind !== 'mongodb') throw new TypeError('not MongoDB');
    const before = await openMongo(bot.config, silent);
    const old: AnyCollection<Customer> = { ...customers, keys: {}, unique: {}, indexes: [] };
    const table = before.table(old);
    await before.prepared();
    const saved = await createStore(old, table, bot.clock).insert('a', samples.customers.make(1));
    await before.close();
    const { stores } = await bot.open();
    expect(await stores.customers.find('nameKey', saved.value.nameKey)).toEqual(saved);
    expect((await stores.customers.list({ where: { status: 'active' }, limit: 2 })).items).toEqual([saved]);
  });

  test('answers nothing after it was closed', async () => {
    const { stores, ready, close } = await bot.open();
    await close();
    await expect(stores.people.get('a')).rejects.toThrow(StoreUnavailable);
    expect(await ready()).toBe(false);
  });

  test('names a host that does not answer, without credentials', async () => {
    const fault = await faultOf(`mongodb://keyturn:${SECRET}@127.0.0.1:1/keyturn`);
    expect(fault.sentence).toContain('MongoDB at 127.0.0.1:1 cannot be reached');
  });

  test.each([
    ['without TLS', `mongodb://keyturn:${SECRET}@db.example.test/keyturn`, 'tls=true'],
    [
      'without TLS beside one that is here',
      `mongodb://keyturn:${SECRET}@127.0.0.1,db.example.test/`,
      'tls=true',
    ],
    ['by the name of a container', `mongodb://keyturn:${SECRET}@mongo/`, 'mongo:27017'],
    [
      'with any certificate',
      `mongodb://keyturn:${SECRET}@db.example.test/?tls=true&tlsInsecure=true`,
      'pose as',
    ],
    [
      'with any name',
      `mongodb://keyturn:${SECRET}@db.example.test/?tls=true&tlsAllowInvalidHostnames=true`,
      'tlsCAFile',
    ],
    [
      'found by DNS, with TLS turned off',
      `mongodb+srv://keyturn:${SECRET}@db.example.test/?tls=false`,
      'tls=true',
    ],
  ])('refuses to speak to a server on another machine %s', async (_how, uri, cure) => {
    const { sentence } = await faultOf(uri);
    expect(sentence).toContain(cure);
    expect(sentence).toContain('MONGODB_ALLOW_PLAIN=true');
  });

  test.each([{ errorCode: 8000, codeName: 'AtlasError', errmsg: `user keyturn of ${SECRET} is over quota` }])(
    'quotes the server without secrets: $codeName',
    async ({ errorCode, errmsg }) => {
      const admin = await new MongoClient(server.uri).connect();
      const data = { failCommands: ['createIndexes', 'listIndexes'], errorCode, errmsg };
      await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data });
      const { sentence } = await faultOf(server.uri);
      await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
      await admin.close();
      expect(sentence).toContain('can be reached, but refuses');
      expect(sentence).toContain(String(errorCode));
      expect(sentence).not.toContain('cannot be reached');
    },
  );

  test('names a write that the server refuses by its number', async () => {
    const { stores } = await bot.open();
    const client = await new MongoClient(server.uri).connect();
    const data = { failCommands: ['insert'], errorCode: 14031 };
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data });
    await client.close();
    await expect(stores.people.insert('a', person)).rejects.toThrow(/MongoDB did not do it \(\S* ?14031\)/);
  });

  test.each(['mongodb://', `http://keyturn:${SECRET}@host/`, `mongodb://key:${SECRET}@@/x`, ''])(
    'refuses a URI that cannot be read, and does not repeat it: %#',
    async (uri) => {
      const fault = await faultOf(uri);
      expect(fault.sentence).toContain('The MongoDB URI cannot be read');
    },
  );

  test('distinguishes a wrong password from missing rights', async () => {
    const admin = await new MongoClient(server.uri).connect();
    const add = (createUser: string, roles: object[]) =>
      admin.db('admin').command({ createUser, pwd: SECRET, roles });
    await add('keyturn', [{ role: 'readWrite', db: 'keyturn' }]);
    await add('reader', [{ role: 'read', db: 'keyturn' }]);
    await admin.close();
    await server.stop();
    await server.start({ auth: true });
    const as = (user: string, password: string) =>
      `mongodb://${user}:${password}@127.0.0.1:${portOf(server)}/keyturn?directConnection=true&authSource=admin`;

    expect((await faultOf(as('keyturn', 'wrong'))).sentence).toContain(
      'refused the user name or the password',
    );
    expect((await faultOf(as('reader', SECRET))).sentence).toContain('may not use the database keyturn');
    const allowed = world({ kind: 'mongodb', uri: as('keyturn', SECRET) }, async () => undefined);
    const { stores } = await allowed.open();
    await stores.people.insert('a', person);
    expect(await stores.people.count()).toBe(1);
    await allowed.close();
  });

  /** Closes the connection before these commands are done, for the next `times` of them. */
  async function failing(failCommands: string[], times: number): Promise<void> {
    const client = await new MongoClient(server.uri).connect();
    const data = { failCommands, closeConnection: true };
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: { times }, data });
    await client.close();
  }

  async function faultOf(uri: string): Promise<{ sentence: string }> {
    const failed = world({ kind: 'mongodb', uri }, async () => undefined);
    const fault = await failed.open().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).toMatchObject({ name: 'KeyturnError', code: 'settings' });
    expect(inspect(fault, { depth: 12, showHidden: true })).not.toContain(SECRET);
    return fault as { sentence: string };
  }
});
