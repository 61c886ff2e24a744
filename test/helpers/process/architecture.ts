import { posix } from 'node:path';
import ts from 'typescript';

/** A source file; `path` starts at the project's root and has slashes. */
export interface Source {
  path: string;
  text: string;
}

interface Import {
  /** `domain/ports` for a file of ours, else the package or `node:` module. */
  target: string;
  own: boolean;
  typeOnly: boolean;
  line: number;
}

interface Room {
  rooms: string[];
  /** A trailing `*` matches everything. */
  packages: string[];
  cure: string;
}

const schemas = 'zod';
/** Keeps recent values by key: plain data in memory, like a Map with a limit. */
const bounded = 'lru-cache';
/** Pure: it computes with the time zones that the process knows, and has no effects. */
const wallClocks = 'luxon';

/**
 * The HOUSE rules as data: what each room may import beside itself, and what to do instead. Types count as
 * imports.
 */
const rooms: Record<string, Room> = {
  domain: {
    rooms: [],
    packages: [schemas, bounded, wallClocks, 'node:crypto'],
    cure: 'name what is needed as an interface in domain/ports.ts and let bot/wire.ts hand it in',
  },
  cards: {
    rooms: ['domain'],
    packages: [schemas, 'adaptivecards-templating'],
    cure: 'a presenter is given all that it shows: read it in the dialog or command and pass it as data',
  },
  dialogs: {
    rooms: ['domain', 'cards'],
    packages: [schemas, 'botbuilder-core', 'botbuilder-dialogs', 'botframework-schema', 'node:crypto'],
    cure: 'take a port of domain/ports.ts through the dialog’s deps; bot/wire.ts knows who implements it',
  },
  storage: {
    rooms: ['domain'],
    packages: [schemas, 'mongodb', 'libsql', 'botbuilder-core', 'node:*'],
    cure: 'a store keeps plain documents: move the decision to a use case in domain/',
  },
  connectors: {
    rooms: ['domain'],
    packages: [
      schemas,
      bounded,
      'jose',
      '@azure/msal-node',
      '@microsoft/microsoft-graph-client',
      '@microsoft/microsoft-graph-types',
      'node:*',
    ],
    cure: 'a connector implements a port of domain/: return data and let the caller store or show it',
  },
  api: {
    rooms: ['domain'],
    packages: [schemas, 'node:*'],
    cure: 'a handler is free of frameworks: take a port or a use case as an argument, bot/server.ts carries the rest',
  },
  bot: {
    rooms: ['domain', 'cards', 'dialogs', 'storage', 'connectors', 'api'],
    packages: ['*'],
    cure: 'the product never depends on its stand-ins: what both need belongs to domain/',
  },
  agent: {
    rooms: ['domain'],
    packages: [schemas, 'jose', 'ldapts', 'rotating-file-stream', 'node:*'],
    cure: 'the agent is its own program at the customer: it shares domain/agentProtocol alone',
  },
  sandbox: { rooms: ['*'], packages: ['*'], cure: '' },
  bench: { rooms: ['*'], packages: ['*'], cure: '' },
  test: { rooms: ['*'], packages: ['*'], cure: '' },
};

interface Reserved {
  what: RegExp;
  /** The product's files that may import it; sandbox, bench and test always may. */
  by: RegExp;
  /** Whether the rule includes types; importing only types is no dependency on the maker. */
  typesToo: boolean;
  cure: string;
}

const reserved: Reserved[] = [
  {
    what: /^domain\/(?!agentProtocol\/)/,
    by: /^(?!agent\/)/,
    typesToo: true,
    cure: 'the agent shares domain/agentProtocol alone: what both need to know goes there',
  },
  {
    what: /^restify$/,
    by: /^bot\/server\.ts$/,
    typesToo: true,
    cure: 'write the handler in api/; bot/server.ts is the only one that knows restify',
  },
  {
    what: /^(mongodb|libsql)$/,
    by: /^storage\//,
    typesToo: true,
    cure: 'use the Store port of domain/ports.ts',
  },
  {
    what: /^@microsoft\/teams-ai/,
    by: /^bot\//,
    typesToo: true,
    cure: 'keep teams-ai inside bot/, so that leaving it is a change of one room',
  },
  {
    what: /^(storage\/(openStorage|drivers\/.*)|connectors\/.*)$/,
    by: /^(bot\/(wire|rekey|settings\/graphSettings)\.ts|storage\/.*|connectors\/.*)$/,
    typesToo: false,
    cure: 'only bot/wire.ts makes stores and connectors: take the port as an argument',
  },
];

const free = /^(sandbox|bench|test)\//;
const mayReadEnvironment =
  /^((bot\/(settings\/config|main|rekey)|agent\/index)\.ts$|sandbox\/|bench\/|test\/)/;
const longest = 250;
const recorded = /^test\/fixtures\//;

const matches = (pattern: string, name: string) =>
  pattern.endsWith('*')
    ? name.startsWith(pattern.slice(0, -1))
    : name === pattern || name.startsWith(`${pattern}/`);
const roomOf = (path: string) => path.split('/')[0] ?? '';

/** Every violation of the house's rules in the sources, each as one line with its cure. */
export function violations(sources: Source[]): string[] {
  return sources.flatMap((source) => {
    const { imports, environmentLines } = read(source);
    return [
      ...imports.flatMap((found) => importFaults(source.path, found)),
      ...(mayReadEnvironment.test(source.path) ? [] : environmentLines).map(
        (line) =>
          `${source.path}:${line} reads process.env: add the variable to bot/settings/config.ts and take it as an argument`,
      ),
      ...lengthFaults(source),
    ];
  });
}

function lengthFaults({ path, text }: Source): string[] {
  if (recorded.test(path)) return [];
  const lines = text.trimEnd().split('\n').length;
  return lines > longest
    ? [`${path} has ${lines} lines (${longest} at most): give each of its concerns a file`]
    : [];
}

function importFaults(path: string, found: Import): string[] {
  const at = `${path}:${found.line} imports ${found.target}`;
  const room = rooms[roomOf(path)];
  if (!room)
    return [
      `${path} is in a room without a rule: add it to the table in test/helpers/process/architecture.ts`,
    ];
  const allowed = found.own ? [roomOf(path), ...room.rooms] : room.packages;
  if (!allowed.some((pattern) => matches(pattern, found.own ? roomOf(found.target) : found.target))) {
    return [
      `${at}, but ${roomOf(path)} may only import ${[...room.rooms, ...room.packages].join(', ')}: ${room.cure}`,
    ];
  }
  return reserved
    .filter(
      ({ what, by, typesToo }) => what.test(found.target) && !by.test(path) && (typesToo || !found.typeOnly),
    )
    .filter(() => !free.test(path))
    .map(({ cure }) => `${at}: ${cure}`);
}

function read({ path, text }: Source): { imports: Import[]; environmentLines: number[] } {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const environmentLines: number[] = [];
  const line = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) {
      const own = found.name.startsWith('.');
      const target = own ? posix.join(posix.dirname(path), found.name) : found.name;
      imports.push({ target, own, typeOnly: found.typeOnly, line: line(node) });
    }
    if (readsEnvironment(node)) environmentLines.push(line(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { imports, environmentLines };
}

/** `import`, `export from`, `import x = require()`, `import()`, `require()` and `import('x').Type`. */
function importOf(node: ts.Node): { name: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeOnly(node));
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isExternalModuleReference(node)) return named(node.expression, false);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, true);
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText().startsWith('require');
  return loads ? named(node.arguments[0], false) : undefined;
}

function named(node: ts.Node | undefined, typeOnly: boolean) {
  return node && ts.isStringLiteralLike(node) ? { name: node.text, typeOnly } : undefined;
}

function isTypeOnly({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.every((element) => element.isTypeOnly);
}

/** `process.env`, and `env` taken from process or from its module. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'process.env';
  if (ts.isBindingElement(node)) return /\benv\b/.test(node.getText()) && fromProcess(node.parent.parent);
  return ts.isImportSpecifier(node) && node.getText() === 'env' && fromProcess(node.parent.parent.parent);
}

function fromProcess(node: ts.Node): boolean {
  return /\bprocess['"]?;?$/.test(node.getText());
}
