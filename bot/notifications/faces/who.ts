import { said } from '../../../cards/shared/said';
import type { ResetEvent } from './resetEvent';

/** Who made the reset, as `DOMAIN\name`; empty when nobody knows, or when the user did it. */
export const byOf = ({ facts: { reset } }: ResetEvent): string =>
  reset.how !== 'change' && reset.by ? said(`${reset.by.domain}\\${reset.by.name}`, 120) : '';

export const nameOf = ({ facts: { reset } }: ResetEvent): string =>
  said(reset.user.displayName || reset.user.samAccountName, 120);

export const accountOf = ({ facts: { reset } }: ResetEvent): string =>
  said(reset.user.userPrincipalName ?? reset.user.samAccountName, 120);

export const changedByUser = ({ facts }: ResetEvent): boolean => facts.explanation.state === 'user';

/** Who made these resets, those who made most of them first; an empty name: nobody knows. */
export function makersOf(resets: readonly ResetEvent[]): [by: string, count: number][] {
  const counts = new Map<string, number>();
  for (const by of resets.filter((reset) => !changedByUser(reset)).map(byOf))
    counts.set(by, (counts.get(by) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

const NAMED = 3;

/** The makers in words, where it was more than one: 'FABRIKAM\a (7), FABRIKAM\b (2), not known (1)'. */
export function makersInWords(makers: readonly [by: string, count: number][]): string {
  const known = makers.filter(([by]) => by !== '');
  const shown = known.slice(0, NAMED).map(([by, count]) => `${by} (${count.toLocaleString('en')})`);
  const others = known.slice(NAMED).reduce((sum, [, count]) => sum + count, 0);
  const unknown = makers.find(([by]) => by === '')?.[1] ?? 0;
  if (others > 0) shown.push(`others (${others.toLocaleString('en')})`);
  if (unknown > 0) shown.push(`not known (${unknown.toLocaleString('en')})`);
  return shown.join(', ');
}
