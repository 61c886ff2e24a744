import { type Db, MongoClient, type MongoClientOptions, MongoError } from 'mongodb';
import { settingsFault } from '../../domain/errors';
import type { Log } from '../../domain/ports';
import type { Driver } from './driver';
import { sentenceOf } from './mongoFault';
import { prepareCollection } from './mongoSchema';
import { createMongoTable } from './mongoTable';
import { checkTransport, serversOf } from './mongoTransport';

const DATABASE = 'keyturn';

/**
 * A turn must be answered within 15 s, so a server that is away for longer than these times counts as
 * unavailable.
 */
const OPTIONS: MongoClientOptions = {
  appName: 'keyturn',
  retryWrites: true,
  retryReads: true,
  writeConcern: { w: 'majority', journal: true },
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
};

/**
 * A MongoDB replica set. A write is acknowledged once a majority has it on disk. The driver reconnects by
 * itself. Throws a settings fault that names the host, never the credentials.
 */
export async function openMongo(
  config: { uri: string; database?: string; allowPlain?: boolean },
  log: Log,
): Promise<Driver> {
  const client = clientOf(config.uri);
  checkTransport(client, serversOf(client), config.allowPlain);
  const hosts = serversOf(client).join(', ');
  const database = client.db(config.database ?? databaseIn(config.uri) ?? DATABASE);
  const known = watch(client, hosts, log);
  await orSettingsFault(client, hosts, database, async () => {
    await client.connect();
    checkTransport(client, known(), config.allowPlain);
  });
  const preparations: (() => Promise<void>)[] = [];
  return {
    table(def) {
      preparations.push(() => prepareCollection(database, def));
      return createMongoTable(database, def);
    },
    prepared: () =>
      orSettingsFault(client, hosts, database, () => Promise.all(preparations.map((prepare) => prepare()))),
    ready: () =>
      database.command({ ping: 1 }).then(
        () => true,
        () => false,
      ),
    close: () => client.close(),
  };
}

/** Drops the parser's message, because it may quote the URI. */
function clientOf(uri: string): MongoClient {
  try {
    return new MongoClient(uri, OPTIONS);
  } catch {
    throw settingsFault(
      'The MongoDB URI cannot be read. It looks like mongodb://user:password@host:27017/keyturn?replicaSet=rs0, with special characters of the password percent-encoded.',
    );
  }
}

const databaseIn = (uri: string): string | undefined => /^[^/]+\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];

async function orSettingsFault(
  client: MongoClient,
  hosts: string,
  database: Db,
  work: () => Promise<unknown>,
) {
  try {
    await work();
  } catch (error) {
    await client.close();
    if (!(error instanceof MongoError)) throw error;
    throw settingsFault(sentenceOf(error, client, hosts, database.databaseName), error);
  }
}

/**
 * Logs once when the server is lost, and once when it is back. Returns the hosts that the driver speaks to: a
 * replica set names its own members.
 */
function watch(client: MongoClient, hosts: string, log: Log): () => string[] {
  let reachable: boolean | undefined;
  let known: string[] = [];
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    known = [...newDescription.servers.keys()];
    const now = [...newDescription.servers.values()].some((server) => server.isWritable);
    if (now && reachable === false) log.info({ hosts }, 'MongoDB is back');
    if (!now && reachable) log.warn({ hosts }, 'MongoDB is not reachable');
    if (now || reachable) reachable = now;
  });
  return () => known;
}
