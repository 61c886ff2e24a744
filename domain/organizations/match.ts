import { nameKeyOf } from '../customers/customerName';
import { type NameShape, shapeOf, withoutAccents } from './nameShape';

/** A customer that may be the same company as an organization; a person decides. */
export interface Likely {
  customerId: string;
  customerName: string;
  /** The same name (nameKeyOf), not only a similar one. */
  exact: boolean;
  /** Says why, as a sentence. */
  because: string;
}

interface Entry {
  id: string;
  name: string;
  shape: NameShape;
}

/**
 * All customers, grouped by the core of their names. It is built once; a name is then compared with
 * a single group.
 */
export interface NameIndex {
  byCore: ReadonlyMap<string, readonly Entry[]>;
  /** For names without a letter or digit. */
  byKey: ReadonlyMap<string, readonly Entry[]>;
}

export function nameIndex(customers: Iterable<{ id: string; name: string }>): NameIndex {
  const byCore = new Map<string, Entry[]>();
  const byKey = new Map<string, Entry[]>();
  for (const { id, name } of customers) {
    const entry = { id, name, shape: shapeOf(name) };
    const [group, key] = entry.shape.core ? [byCore, entry.shape.core] : [byKey, nameKeyOf(name)];
    const known = group.get(key);
    if (known) known.push(entry);
    else group.set(key, [entry]);
  }
  return { byCore, byKey };
}

/**
 * The customers that are likely the same as an organization of this name, equal names first. Links nothing.
 */
export function likelySame(shape: NameShape, index: NameIndex): Likely[] {
  const group = shape.core ? index.byCore.get(shape.core) : index.byKey.get(shape.spelled);
  return (group ?? [])
    .map((entry) => ({
      customerId: entry.id,
      customerName: entry.name,
      exact: entry.shape.spelled === shape.spelled,
      because: `It has ${sameness(shape, entry.shape)}.`,
    }))
    .sort((a, b) => Number(b.exact) - Number(a.exact));
}

/** Says what two names of one company have in common: 'the same name', 'the same name but for accents'. */
export function sameness(theirs: NameShape, ours: NameShape): string {
  if (theirs.spelled === ours.spelled) return 'the same name';
  const differences = [
    ...legalWords(theirs, ours),
    theirs.article !== ours.article && '“The”',
    theirs.connector !== ours.connector && 'the word for “and”',
    theirs.accented !== ours.accented &&
      withoutAccents(theirs.accented) === withoutAccents(ours.accented) &&
      'accents',
  ].filter((difference) => typeof difference === 'string');
  const words = differences.length > 0 ? differences : ['punctuation or spaces'];
  return `the same name but for ${listed(words)}`;
}

/** Tells another legal form from another spelling of the same form. */
function legalWords(theirs: NameShape, ours: NameShape): string[] {
  const named = (forms: string[]) =>
    forms
      .filter(Boolean)
      .map((form) => `“${form}”`)
      .join(', ');
  if (theirs.legalForm !== ours.legalForm)
    return [`the legal form (${named([theirs.legalForm, ours.legalForm])})`];
  if (theirs.legalWritten === ours.legalWritten) return [];
  return [`how the legal form is written (${named([theirs.legalWritten, ours.legalWritten])})`];
}

const listed = (words: string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
