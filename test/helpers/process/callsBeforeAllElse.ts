import ts from 'typescript';

export type Functional =
  | ts.FunctionDeclaration
  | ts.ArrowFunction
  | ts.FunctionExpression
  | ts.MethodDeclaration;

export const isFunctional = (node: ts.Node): node is Functional =>
  ts.isFunctionDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isMethodDeclaration(node);

/**
 * The calls that a function makes under every condition and before it waits for anything else, including those
 * in functions that it passes on.
 */
export function callsBeforeAllElse({ body }: Functional): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push(node);
    for (const inner of certainParts(node)) visit(inner);
  };
  if (body) visit(body);
  return found;
}

function certainParts(node: ts.Node): readonly ts.Node[] {
  if (ts.isBlock(node)) return untilItMayEnd(node.statements);
  if (isFunctional(node)) return isPassedOn(node) && node.body ? [node.body] : [];
  if (ts.isCallChain(node)) return [];
  if (ts.isIfStatement(node)) return [node.expression];
  if (ts.isConditionalExpression(node)) return [node.condition];
  if (ts.isTryStatement(node)) return partsOfTry(node);
  if (ts.isSwitchStatement(node)) return [node.expression];
  if (ts.isForStatement(node)) return node.initializer ? [node.initializer] : [];
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return [node.expression];
  if (ts.isWhileStatement(node)) return [node.expression];
  if (ts.isBinaryExpression(node) && SHORT.has(node.operatorToken.kind)) return [node.left];
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (inner) => void parts.push(inner));
  return parts;
}

/** The statements up to the first that returns, perhaps, or awaits: what follows it comes never or too late. */
function untilItMayEnd(statements: readonly ts.Statement[]): readonly ts.Statement[] {
  const end = statements.findIndex((statement) => has(statement, returnsOrAwaits));
  return end < 0 ? statements : statements.slice(0, end + 1);
}

const returnsOrAwaits = (node: ts.Node) => ts.isReturnStatement(node) || ts.isAwaitExpression(node);

/** Whether the node is like that, or contains such a node outside of other functions. */
const has = (node: ts.Node, isSuch: (inner: ts.Node) => boolean): boolean =>
  isSuch(node) ||
  (!isFunctional(node) && (ts.forEachChild(node, (inner) => has(inner, isSuch) || undefined) ?? false));

/** A refusal that is caught and not thrown on refuses nothing. */
function partsOfTry({ tryBlock, catchClause, finallyBlock }: ts.TryStatement): ts.Node[] {
  const last = catchClause?.block.statements.at(-1);
  const throwsOn =
    !catchClause || (last && ts.isThrowStatement(last) && !has(catchClause, ts.isReturnStatement));
  return [...(throwsOn ? [tryBlock] : []), ...(finallyBlock ? [finallyBlock] : [])];
}

/** A use case calls what it is handed; a method, such as that of a list or a promise, may not. */
const isPassedOn = (node: Functional): boolean =>
  ts.isCallExpression(node.parent) &&
  node.parent.expression !== node &&
  ts.isIdentifier(node.parent.expression);

const SHORT = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);
