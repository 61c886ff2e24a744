import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import type { Clock, Log } from '../../../domain/ports';
import { openStorage, type Storage, type StorageConfig } from '../../../storage/openStorage';
import type { Part } from '../process/parts';
import { anyMongo } from './mongoServer';
import { NOW } from './storeSample';

/** An empty database that several instances can open, each with a connection of its own. */
export interface StorageWorld {
  clock: Clock & { time: number };
  config: StorageConfig;
  open(): Promise<Storage>;
  /** The size on disk; where the server does not report it, the size of records and indexes. */
  bytes(): Promise<number>;
  close(): Promise<void>;
}

export interface WorldKind extends Part {
  name: 'sqlite' | 'mongodb';
  make(): Promise<StorageWorld>;
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const mongo = anyMongo();

/** Every driver of the product, each with an empty database of its own. */
export const worldKinds: WorldKind[] = [
  { name: 'sqlite', make: async () => sqliteWorld() },
  { name: 'mongodb', ...(mongo.missing && { missing: mongo.missing }), make: mongoWorld },
];

export function sqliteWorld(): StorageWorld & { folder: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-sqlite-'));
  const remove = async () => rmSync(folder, { recursive: true, force: true });
  return { folder, ...world({ kind: 'sqlite', folder }, remove) };
}

async function mongoWorld(): Promise<StorageWorld> {
  const server = await mongo.open();
  const database = `keyturn-test-${randomUUID()}`;
  return world({ kind: 'mongodb', uri: server.uri, database }, async () => {
    const client = await new MongoClient(server.uri).connect();
    await client.db(database).dropDatabase();
    await client.close();
    await server.close();
  });
}

/** A database that uses the tests' time. Closing it closes every instance first. */
export function world(config: StorageConfig, remove: () => Promise<void>): StorageWorld {
  const opened: Storage[] = [];
  const clock = { time: NOW, now: () => clock.time };
  return {
    clock,
    config,
    async open() {
      const storage = await openStorage(config, { log: silent, clock });
      opened.push(storage);
      return storage;
    },
    bytes: () => bytesOf(config),
    async close() {
      for (const storage of opened) await storage.close();
      await remove();
    },
  };
}

async function bytesOf(config: StorageConfig): Promise<number> {
  if (config.kind === 'sqlite')
    return readdirSync(config.folder)
      .map((name) => statSync(path.join(config.folder, name)).size)
      .reduce((sum, size) => sum + size, 0);
  const client = await new MongoClient(config.uri).connect();
  const { storageSize, indexSize } = await client.db(config.database).command({ dbStats: 1 });
  await client.close();
  return storageSize + indexSize;
}
