import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { include } from '../../tsconfig.json';
import { type Source, violations } from '../helpers/process/architecture';

const root = join(__dirname, '../..');

function sourcesOf(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const broken = (path: string, text: string) => violations([{ path, text }]);

describe('the house', () => {
  const sources = include.filter((folder) => existsSync(join(root, folder))).flatMap(sourcesOf);

  it('keeps its rules', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(violations(sources)).toEqual([]);
  });

  it('only domain/stores decides what follows a conflict, except for a job that was taken over', () => {
    const naming = sources
      .filter(({ path }) => /^(api|bot|cards|connectors|dialogs|domain)\//.test(path))
      .filter(({ text }) => /import [^;]*\bVersionConflict\b/.test(text))
      .map(({ path }) => path);
    expect(naming.sort()).toEqual([
      'domain/imports/reading/readNextPage.ts',
      'domain/jobs/jobRun.ts',
      'domain/stores/change.ts',
      'domain/stores/retried.ts',
    ]);
  });
});

describe('the guard of the house', () => {
  it.each([
    ['domain/x.ts', "import { openStorage } from '../storage/openStorage';", 'domain/ports.ts'],
    ['domain/a/b/x.ts', "import type { Card } from '../../../cards/card';", 'domain/ports.ts'],
    ['domain/x.ts', "import { TurnContext } from 'botbuilder';", 'domain/ports.ts'],
    ['domain/x.ts', "export { readFile } from 'node:fs';", 'domain/ports.ts'],
    ['cards/x.ts', "const s = await import('../storage/keys');", 'pass it as data'],
    ['cards/x.ts', "let c: import('botbuilder').TurnContext;", 'pass it as data'],
    ['dialogs/steps/x.ts', "import { graph } from '../../connectors/graph';", 'bot/wire.ts'],
    ['dialogs/x.ts', "import { Application } from '@microsoft/teams-ai';", 'bot/wire.ts'],
    ['storage/x.ts', "import { presenter } from '../cards/card';", 'domain/'],
    ['connectors/graph/x.ts', "import { keys } from '../../storage/keys';", 'domain/'],
    ['api/x.ts', "import restify = require('restify');", 'bot/server.ts'],
    ['api/x.ts', "require('../storage/keys');", 'bot/server.ts'],
    ['bot/app.ts', "import { createServer } from 'restify';", 'bot/server.ts'],
    ['bot/app.ts', "import type { Collection } from 'mongodb';", 'Store port'],
    ['bot/app.ts', "import { openStorage } from '../storage/openStorage';", 'bot/wire.ts'],
    ['bot/jobs/x.ts', "import { graph } from '../../connectors/graph';", 'bot/wire.ts'],
    ['bot/app.ts', "import { demo } from '../sandbox/demo';", 'stand-ins'],
    ['attic/x.ts', "import 'zod';", 'architecture.ts'],
    ['bot/app.ts', 'const port = process.env.PORT;', 'bot/settings/config.ts'],
    ['storage/x.ts', 'const { env } = process;', 'bot/settings/config.ts'],
    ['storage/x.ts', "import { env } from 'node:process';", 'bot/settings/config.ts'],
    ['cards/x.ts', '\n'.repeat(250).concat('const x = 1;'), 'a file'],
  ])('finds the fault in %s: %s', (path, text, cure) => {
    expect(broken(path, text)).toEqual([expect.stringContaining(cure)]);
  });

  it.each([
    ['domain/customers/x.ts', "import { conflict } from '../errors'; import { z } from 'zod';"],
    ['cards/x.ts', "import template from './x.json'; import type { Person } from '../domain/people/person';"],
    ['storage/x.ts', "import { MongoClient } from 'mongodb'; import Database from 'libsql';"],
    [
      'bot/wire.ts',
      "import { openStorage } from '../storage/openStorage'; import { graph } from '../connectors/graph';",
    ],
    ['bot/app.ts', "import type { Graph } from '../connectors/graph'; // process.env, require('restify')"],
    ['bot/app.ts', "import { type Graph } from '../connectors/graph';"],
    ['bot/server.ts', "import { createServer } from 'restify';"],
    ['bot/settings/config.ts', 'readConfig(process.env);'],
    [
      'sandbox/x.ts',
      "import { openStorage } from '../storage/openStorage'; spawn('x', { env: process.env });",
    ],
  ])('accepts %s: %s', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });

  it('says where the fault is', () => {
    expect(broken('cards/x.ts', "\nimport { keys } from '../storage/keys';")[0]).toMatch(
      /^cards\/x\.ts:2 imports storage\/keys, but/,
    );
  });
});
