import type { SandboxOrganization } from '../organizations/organization';
import { type Speech, shortNameOf, statusIdOf, typeIdOf } from './organizationResource';

type Test = (organization: SandboxOrganization) => boolean;
type MakeTest = (values: string[], speech: Speech) => Test | undefined;

/** Thrown for a query that IT Glue would refuse; `parameter` names the wrong part. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
  constructor(readonly parameter: string) {
    super(`${parameter} is not valid`);
  }
}

const numbers =
  (field: (one: SandboxOrganization) => number): MakeTest =>
  (values) =>
    values.every((value) => /^\d+$/.test(value.trim()))
      ? (one) => values.some((value) => Number(value) === field(one))
      : undefined;

/** `start,end`, either of which may be `*`. */
const between =
  (field: (one: SandboxOrganization) => string): MakeTest =>
  ([start = '', end = '*']) => {
    const [from, until] = [start, end].map((edge) => (edge.trim() === '*' ? undefined : Date.parse(edge)));
    if (Number.isNaN(from) || Number.isNaN(until)) return undefined;
    return (one) => {
      const at = Date.parse(field(one));
      return at >= (from ?? at) && at <= (until ?? at);
    };
  };

const names: MakeTest = (values, { matchesCase }) => {
  const form = (text: string) => (matchesCase ? text : text.toLowerCase());
  return (one) => values.some((value) => form(one.name).includes(form(value)));
};

const primary: MakeTest =
  ([value]) =>
  (one) =>
    (one.type === 'Owner') === (value === 'true' || value === '1');

const FILTERS: Record<string, MakeTest> = {
  id: numbers(({ id }) => id),
  name: names,
  organization_type_id: numbers(typeIdOf),
  organization_status_id: numbers(statusIdOf),
  created_at: between(({ createdAt }) => createdAt),
  updated_at: between(({ updatedAt }) => updatedAt),
  primary,
};
const EXCLUDABLE = ['id', 'name', 'organization_type_id', 'organization_status_id'];

/** The organizations that pass every `filter[...]` and `filter[exclude][...]`. Throws BadParameter. */
export function filtered(
  list: readonly SandboxOrganization[],
  query: URLSearchParams,
  speech: Speech,
): readonly SandboxOrganization[] {
  const tests = [...query].flatMap(([parameter, value]) => {
    if (!parameter.startsWith('filter')) return [];
    const [, excluded, spelled = ''] = /^filter(\[exclude\])?\[([\w-]+)\]$/.exec(parameter) ?? [];
    const field = spelled.replaceAll('-', '_');
    const test = FILTERS[field]?.(valuesOf(value), speech);
    if (!test || (excluded && !EXCLUDABLE.includes(field))) throw new BadParameter(parameter);
    return [excluded ? (one: SandboxOrganization) => !test(one) : test];
  });
  return tests.length > 0 ? list.filter((one) => tests.every((test) => test(one))) : list;
}

/** Commas separate values; a backslash makes a comma part of the value. */
const valuesOf = (list: string): string[] =>
  list.split(/(?<!\\),/).map((value) => value.replaceAll('\\,', ','));

const SORTS: Record<string, (one: SandboxOrganization) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  id: ({ id }) => id,
  updated_at: ({ updatedAt }) => updatedAt,
  created_at: ({ createdAt }) => createdAt,
  organization_status_name: ({ status }) => status,
  organization_type_name: ({ type }) => type,
  short_name: ({ name }) => shortNameOf(name),
};

/**
 * Sorted by `sort`; a `-` before it reverses the order. Without `sort`, in the account's own order. Throws
 * BadParameter.
 */
export function sorted(
  list: readonly SandboxOrganization[],
  sort: string | null,
): readonly SandboxOrganization[] {
  if (sort === null) return list;
  const key = SORTS[sort.replace(/^-/, '').replaceAll('-', '_')];
  if (!key) throw new BadParameter('sort');
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...list].sort((a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? 0 : sign * (first < second ? -1 : 1);
  });
}
