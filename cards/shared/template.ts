import { Template } from 'adaptivecards-templating';

/** Expands a part of a template for the data in scope. */
type Expand = (scope: unknown) => unknown;
type Binding = Exclude<ReturnType<typeof Template.parseInterpolatedString>, string>;
type Node = Record<string, unknown>;

/** A binding to one field, or to a field of a field, as most are. */
const PATH = /^\$\{([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)\}$/;
/** Whether one field is true, equals a text, or differs from it. Most conditions are like that. */
const CONDITION = /^\$\{([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)(?: (==|!=) '([^'\\]*)')?\}$/;
const RESERVED = new Set(['$data', '$when']);

/** Parts of templates without a binding: the same frozen objects in every card. */
const fixed = new WeakSet<object>();
export const isFixed = (node: object): boolean => fixed.has(node);

/**
 * Expands an Adaptive Card template like `Template.expand` of the library. The library walks through the
 * whole template for every card, and evaluates a field's name as an expression. Here a part without bindings
 * is used as it is, fields are read directly, and the library evaluates the rest. Within `$data`, `$root`
 * equals `$data`, and there is no `$index`.
 */
export function expansionOf(node: unknown): Expand {
  if (typeof node === 'string') return textOf(node);
  if (typeof node !== 'object' || node === null) return () => node;
  if (!JSON.stringify(node).includes('${')) return constant(node);
  return Array.isArray(node) ? listOf(node) : objectOf(node as Node);
}

function constant(node: object): Expand {
  const value = frozen(structuredClone(node));
  return () => value;
}

function frozen<T>(node: T): T {
  if (typeof node !== 'object' || node === null) return node;
  Object.values(node).forEach(frozen);
  fixed.add(node);
  return Object.freeze(node);
}

function textOf(text: string): Expand {
  const binding = Template.parseInterpolatedString(text);
  if (typeof binding === 'string') return () => binding;
  const path = PATH.exec(text)?.[1]?.split('.');
  const rest = (scope: unknown) => evaluated(binding, scope, true);
  return path ? (scope) => fieldOf(scope, path) ?? rest(scope) : rest;
}

function fieldOf(scope: unknown, path: readonly string[]): unknown {
  let value = scope;
  for (const name of path) value = (value as Node | null | undefined)?.[name];
  return value;
}

function evaluated(binding: Binding, scope: unknown, substituted: boolean): unknown {
  const { value, error } = Template.tryEvaluateExpression(binding, { $root: scope as object }, substituted);
  if (error && substituted) throw new TemplateFault(error);
  return value;
}

class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
}

/** A part that is left out is null. A repeated part becomes many. */
function listOf(nodes: readonly unknown[]): Expand {
  const items = nodes.map(expansionOf);
  return (scope) =>
    items.flatMap((expand) => {
      const item = expand(scope);
      return item === null ? [] : item;
    });
}

function objectOf(node: Node): Expand {
  const scopes = '$data' in node ? expansionOf(node.$data) : undefined;
  const shown = '$when' in node ? conditionOf(node.$when) : () => true;
  const fields = fieldsOf(node);
  if (!scopes) return (scope) => (shown(scope) ? fields(scope) : null);
  return (scope) => {
    const found = [scopes(scope)].flat().filter(shown).map(fields);
    return found.length > 1 ? found : (found[0] ?? null);
  };
}

function conditionOf(when: unknown): (scope: unknown) => boolean {
  const binding = Template.parseInterpolatedString(String(when));
  const rest = (scope: unknown) => typeof binding !== 'string' && evaluated(binding, scope, false) === true;
  const [, field, operator, words] = CONDITION.exec(String(when)) ?? [];
  const path = field?.split('.');
  if (!path) return rest;
  return (scope) => {
    const value = fieldOf(scope, path);
    if (operator === undefined) return typeof value === 'boolean' ? value : rest(scope);
    return typeof value === 'string' ? (value === words) === (operator === '==') : rest(scope);
  };
}

function fieldsOf(node: Node): Expand {
  const fields = Object.entries(node)
    .filter(([name]) => !RESERVED.has(name))
    .map(([name, value]) => ({ name, expand: expansionOf(value) }));
  return (scope) => {
    const expanded: Node = {};
    for (const { name, expand } of fields) expanded[name] = expand(scope);
    return expanded;
  };
}
