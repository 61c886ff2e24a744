import { posix } from 'node:path';
import ts from 'typescript';
import type { Source } from './architecture';

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

type Functional = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

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
    functionsIn(node)
      .filter((each) => actorsOf(checker, each).length > 0)
      .map((each) => ({
        file: file.fileName,
        name: each === node ? name : `${name}.${methodName(each)}`,
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

/** The function itself, and the methods of a factory, a class or an object. */
function functionsIn(node: ts.Node): Functional[] {
  const found: Functional[] = isFunctional(node) ? [node] : [];
  const visit = (inner: ts.Node): void => {
    if (isFunctional(inner) && methodName(inner) !== '') found.push(inner);
    ts.forEachChild(inner, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

function methodName(node: Functional): string {
  if (ts.isMethodDeclaration(node)) return node.name.getText();
  return ts.isPropertyAssignment(node.parent) ? node.parent.name.getText() : '';
}

const isFunctional = (node: ts.Node): node is Functional =>
  ts.isFunctionDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isMethodDeclaration(node);

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

/** An Actor, an optional one, or a value with an Actor in one of its own fields. */
function holdsActor(type: ts.Type, checker: ts.TypeChecker, depth = 0): boolean {
  if (type.isUnionOrIntersection()) return type.types.some((each) => holdsActor(each, checker, depth));
  const [declaration] = type.symbol?.declarations ?? [];
  if (type.symbol?.name === 'Actor' && declaration?.getSourceFile().fileName === ACTOR) return true;
  if (depth > 0) return false;
  return type.getProperties().some((property) => holdsActor(checker.getTypeOfSymbol(property), checker, 1));
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
    const found = isPermit || certainCalls(node).some((call) => handsOn(call, actors) && calls(call));
    known.set(node, found);
    return found;
  };
  const calls = (call: ts.CallExpression): boolean => {
    const target = functionOf(checker, call.expression);
    return target !== undefined && permits(target);
  };
  const handsOn = (call: ts.CallExpression, actors: Set<ts.Symbol>): boolean =>
    call.arguments.some((argument) => mentions(checker, argument, actors));
  return permits;
}

function functionOf(checker: ts.TypeChecker, name: ts.Expression): Functional | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  const declaration = symbol && declarationOf(checker, symbol);
  const value = declaration && initialValue(declaration);
  return value && isFunctional(value) ? value : undefined;
}

function mentions(checker: ts.TypeChecker, node: ts.Node, symbols: Set<ts.Symbol>): boolean {
  if (ts.isIdentifier(node)) {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return symbol !== undefined && symbols.has(symbol);
  }
  return ts.forEachChild(node, (inner) => mentions(checker, inner, symbols) || undefined) ?? false;
}

/** The calls that a function makes under every condition, including those in functions that it passes on. */
function certainCalls({ body }: Functional): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(node);
    for (const inner of certainParts(node)) visit(inner);
  };
  if (body) visit(body);
  return found;
}

function certainParts(node: ts.Node): ts.Node[] {
  if (ts.isIfStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isTryStatement(node)) return [node.tryBlock, ...(node.finallyBlock ? [node.finallyBlock] : [])];
  if (ts.isSwitchStatement(node)) return [node.expression];
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return [node.expression];
  if (ts.isWhileStatement(node)) return [node.expression];
  if (ts.isBinaryExpression(node) && SHORT.has(node.operatorToken.kind)) return [node.left];
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (inner) => void parts.push(inner));
  return parts;
}

const SHORT = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);
