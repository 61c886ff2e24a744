import badges from './badges.json';
import facts from './facts.json';
import header from './header.json';
import more from './more.json';
import pager from './pager.json';
import problem from './problem.json';
import row from './row.json';

/** What many cards show alike. */
const FRAGMENTS: Record<string, object> = { badges, facts, header, more, pager, problem, row };

/**
 * A template with its fragments put in: `{"$fragment": "facts", "$data": "${facts}"}`. Without `$data` a
 * fragment reads the fields around it.
 */
export function withFragments(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(withFragments);
  const fields = Object.entries(node).map(([name, value]) => [name, withFragments(value)] as const);
  const { $fragment, ...rest } = Object.fromEntries(fields);
  return $fragment === undefined ? rest : { ...fragmentOf(String($fragment)), ...rest };
}

function fragmentOf(name: string): object {
  const fragment = FRAGMENTS[name];
  if (!fragment) throw new TypeError(`no fragment is called ${name}`);
  return fragment;
}
