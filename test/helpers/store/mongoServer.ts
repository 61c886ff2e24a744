import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { freePort } from '../../../sandbox/ports';
import type { Part } from '../process/parts';

const MISSING =
  'a MongoDB server - to get it: python3 -m venv .venv && .venv/bin/pip install secantusdb==0.7.0b3 (or set TEST_MONGODB_URI)';

/** A running server. */
export interface MongoServer {
  /** Has neither a database's name nor credentials. */
  uri: string;
  close(): Promise<void>;
}

/** A server of ours: a test can stop it, start it again on the same port and data, and set fail points. */
export interface OwnMongoServer extends MongoServer {
  stop(): Promise<void>;
  start(options?: { auth?: boolean }): Promise<void>;
}

/**
 * Any server to test against: the one in TEST_MONGODB_URI, our own, or a downloaded one when the run asks for
 * it by name.
 */
export function anyMongo(): Part & { open(): Promise<MongoServer> } {
  const uri = process.env.TEST_MONGODB_URI;
  if (uri) return { open: async () => ({ uri, close: async () => undefined }) };
  const own = ownMongo();
  if (own.missing === undefined) return own;
  return process.env.TEST_MONGODB === 'memory-server' ? { open: memoryServer } : own;
}

/** A SecantusDB of our own: a real server of MongoDB's wire protocol. */
export function ownMongo(): Part & { open(): Promise<OwnMongoServer> } {
  const program = candidates().find((file) => existsSync(file));
  return { ...(!program && { missing: MISSING }), open: () => openOwn(program ?? MISSING) };
}

function candidates(): string[] {
  const named = process.env.SECANTUSD ? [process.env.SECANTUSD] : [];
  const inPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'secantusd-py'));
  return [...named, ...inPath, path.resolve(__dirname, '../../../.venv/bin/secantusd-py')];
}

async function openOwn(program: string): Promise<OwnMongoServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'keyturn-mongo-'));
  const port = (await freePort(0)) ?? 0;
  let running: ChildProcess | undefined;
  const server: OwnMongoServer = {
    uri: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    async start({ auth = false } = {}) {
      const args = ['--host', '127.0.0.1', '--port', `${port}`, '--storage-path', folder, '--sync-on-commit'];
      const flags = ['--enable-test-commands', ...(auth ? ['--auth'] : [])];
      running = endsWithStarter(program, [...args, ...flags]);
      await answers(server.uri);
    },
    async stop() {
      const { stdin } = running ?? {};
      if (running && stdin) await Promise.all([once(running, 'exit'), stdin.end()]);
      running = undefined;
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/**
 * Starts a program, and ends it when its standard input closes: also when this process is killed. A server
 * that a signal meets in the moment it starts to wait may never end by itself, so it is killed after 10 s.
 * Ctrl+C reaches this process alone.
 */
const WATCH = 'trap "" INT; "$@" & p=$!; cat; kill $p; { sleep 10; kill -9 $p; } & k=$!; wait $p; kill $k';
const endsWithStarter = (program: string, args: string[]): ChildProcess =>
  spawn('sh', ['-c', WATCH, 'sh', program, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });

async function memoryServer(): Promise<MongoServer> {
  const name = 'mongodb-memory-server';
  const { MongoMemoryReplSet } = require(name);
  const server = await MongoMemoryReplSet.create({ replSet: { count: 1 } });
  return { uri: server.getUri(), close: () => server.stop() };
}

/** The driver itself retries until the server listens; the limit only ends a server that never does. */
async function answers(uri: string): Promise<void> {
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 150_000 }).connect();
  await client.close();
}
