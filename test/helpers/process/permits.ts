import { posix } from 'node:path';
import ts from 'typescript';
import type { Source } from './architecture';
import { callsBeforeAllElse, type Functional, isFunctional } from './callsBeforeAllElse';

/** A function that other rooms may call for a person. */
export interface UseCase {
  file: string;
  /** A method has the name of its maker in front: `createVault.seal`. */
  name: string;
  /**
   * Whether the function always asks `permit` about its actor, either itself or through a function that it
   * passes the actor to.
   */
  permits: boolean;
}

/** The files with the type of an actor and with the check of its permission. */
const ACTOR = 'domain/people/person.ts';
const PERMIT = 'domain/people/permit.ts';

/** Every exported function of these sources that takes an Actor, by name. */
export function useCases(sources: Source[]): UseCase[] {
  const program = programOf(sources);
  const checker = program.getTypeChecker();
  const permits = permitting(checker);
  return sources.flatMap(({ path }) => {
    const file = program.getSourceFile(path);
    return file ? useCasesOf(file, checker, permits) : [];
  });
}

const useCasesOf = (
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  permits: (node: Functional) => boolean,
): UseCase[] =>
  exported(file, checker).flatMap(([name, node]) =>
    functionsIn(node, checker)
      .filter(([, each]) => actorsOf(checker, each).length > 0)
      .map(([method, each]) => ({
        file: file.fileName,
        name: [name, method].filter(Boolean).join('.'),
        permits: permits(each),
      })),
  );

/** The sources with the language's own types. Types of packages are not needed to follow the calls. */
function programOf(sources: Source[]): ts.Program {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const options: ts.CompilerOptions = { lib: ['lib.es5.d.ts'], types: [], target: ts.ScriptTarget.Latest };
  const library = posix.dirname(ts.getDefaultLibFilePath(options));
  const host: ts.CompilerHost = {
    fileExists: (path) => texts.has(path),
    readFile: (path) => texts.get(path),
    getSourceFile: (path, version) => {
      const text = texts.get(path) ?? (path.startsWith(library) ? ts.sys.readFile(path) : undefined);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version, true);
    },
    getDefaultLibFileName: () => `${library}/lib.es5.d.ts`,
    getDefaultLibLocation: () => library,
    getCurrentDirectory: () => '',
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const resolvedFileName = `${posix.join(posix.dirname(from), text)}.ts`;
        return { resolvedModule: texts.has(resolvedFileName) ? moduleAt(resolvedFileName) : undefined };
      }),
  };
  return ts.createProgram([...texts.keys()], options, host);
}

const moduleAt = (resolvedFileName: string) => ({
  resolvedFileName,
  extension: ts.Extension.Ts,
  isExternalLibraryImport: false,
});

/** The exports of a file by name: the function, or a value that may contain functions. */
function exported(file: ts.SourceFile, checker: ts.TypeChecker): [string, ts.Node][] {
  const module = checker.getSymbolAtLocation(file);
  if (!module) return [];
  return checker.getExportsOfModule(module).flatMap((symbol): [string, ts.Node][] => {
    const declaration = declarationOf(checker, symbol);
    return declaration?.getSourceFile() === file ? [[symbol.name, initialValue(declaration)]] : [];
  });
}

/** The declaration of a name, also when it was imported or exported under another name. */
const declarationOf = (checker: ts.TypeChecker, symbol: ts.Symbol): ts.Declaration | undefined =>
  (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).valueDeclaration;

const initialValue = (declaration: ts.Declaration): ts.Node =>
  (ts.isVariableDeclaration(declaration) && declaration.initializer) || declaration;

/** The function itself, one that a call wraps, and the methods of a factory, a class or an object. */
function functionsIn(node: ts.Node, checker: ts.TypeChecker): [method: string, Functional][] {
  const found: [string, Functional][] = [];
  const visit = (inner: ts.Node): void => {
    if (isFunctional(inner) && ts.isMethodDeclaration(inner)) found.push([inner.name.getText(), inner]);
    else if (ts.isPropertyAssignment(inner) || ts.isShorthandPropertyAssignment(inner)) {
      const method = ts.isPropertyAssignment(inner) ? inner.initializer : inner.name;
      const value = isFunctional(method) ? method : functionOf(checker, method);
      if (value) found.push([inner.name.getText(), value]);
    }
    ts.forEachChild(inner, visit);
  };
  const wrapped = ts.isCallExpression(node) ? node.arguments : [node];
  for (const each of wrapped) if (isFunctional(each)) found.push(['', each]);
  visit(node);
  return found;
}

/** The names of the actor inside a function. */
function actorsOf(checker: ts.TypeChecker, { parameters }: Functional): ts.Symbol[] {
  return parameters
    .flatMap(({ name }) => boundNames(name))
    .filter((name) => holdsActor(checker.getTypeAtLocation(name), checker))
    .flatMap((name) => checker.getSymbolAtLocation(name) ?? []);
}

function boundNames(name: ts.BindingName): ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** An Actor, an optional one, one of several, or a value with an Actor in one of its own fields. */
function holdsActor(type: ts.Type, checker: ts.TypeChecker, depth = 0): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((each) => holdsActor(each, checker, depth));
  if (permissionsIn(type, checker)) return true;
  if (depth > 0) return false;
  const item = type.getNumberIndexType();
  if (item && holdsActor(item, checker, 1)) return true;
  return type.getProperties().some((property) => holdsActor(checker.getTypeOfSymbol(property), checker, 1));
}

/** Whether it has the permissions of an Actor, however its type was made of that one. */
function permissionsIn(type: ts.Type, checker: ts.TypeChecker): boolean {
  const permissions = checker.getApparentType(type).getProperty('permissions');
  return permissions?.declarations?.some((each) => each.getSourceFile().fileName === ACTOR) ?? false;
}

/** Whether a function always asks `permit` about its actor. */
function permitting(checker: ts.TypeChecker): (node: Functional) => boolean {
  const known = new Map<ts.Node, boolean>();
  const permits = (node: Functional): boolean => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const isPermit = node.getSourceFile().fileName === PERMIT;
    // A call in a circle of functions proves nothing.
    known.set(node, isPermit);
    const actors = new Set(actorsOf(checker, node));
    const found = isPermit || callsBeforeAllElse(node).some((call) => handsOn(call, actors) && calls(call));
    known.set(node, found);
    return found;
  };
  const calls = (call: ts.CallExpression): boolean => {
    const target = functionOf(checker, call.expression);
    return target !== undefined && permits(target);
  };
  const handsOn = (call: ts.CallExpression, actors: Set<ts.Symbol>): boolean =>
    call.arguments.some((argument) => isItself(argument) && mentions(checker, argument, actors));
  return permits;
}

/** Not a copy: that may have other permissions. */
const isItself = (argument: ts.Node): boolean =>
  !ts.isObjectLiteralExpression(argument) || !argument.properties.some((each) => ts.isSpreadAssignment(each));

const symbolOf = (checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined =>
  ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);

function functionOf(checker: ts.TypeChecker, name: ts.Node): Functional | undefined {
  const symbol = symbolOf(checker, name);
  const declaration = symbol && declarationOf(checker, symbol);
  const value = declaration && initialValue(declaration);
  return value && isFunctional(value) ? value : undefined;
}

function mentions(checker: ts.TypeChecker, node: ts.Node, symbols: Set<ts.Symbol>): boolean {
  if (ts.isIdentifier(node)) {
    const symbol = symbolOf(checker, node);
    return symbol !== undefined && symbols.has(symbol);
  }
  return ts.forEachChild(node, (inner) => mentions(checker, inner, symbols) || undefined) ?? false;
}
