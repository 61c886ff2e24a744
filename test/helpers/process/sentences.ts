import ts from 'typescript';

/** A text that people may read, and where it stands. */
export interface Sentence {
  path: string;
  line: number;
  text: string;
}

/** The texts of a source file: its strings, without comments, imports and types. */
export function sentencesIn(path: string, source: string): Sentence[] {
  if (!path.endsWith('.ts')) return linesOf(path, source);
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (isText(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({ path, line: line + 1, text: node.text.replace(/\s+/g, ' ') });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node);

const linesOf = (path: string, source: string): Sentence[] =>
  source.split('\n').map((text, index) => ({ path, line: index + 1, text }));
