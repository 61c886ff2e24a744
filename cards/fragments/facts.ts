import { type Badge, colourOf } from '../shared/card';
import type { Text } from '../shared/time';

/** A label and its value; a state has a symbol before its words. */
export type Fact = readonly [label: string, value: Text | Badge];

/** Data of the fragment `facts`, one line each. A fact without a value is left out. */
export const factsOf = (facts: readonly Fact[]) =>
  facts.filter(([, value]) => String(value) !== '').map(factOf);

function factOf([label, value]: Fact, index: number) {
  const spacing = index === 0 ? 'medium' : 'none';
  if (!isBadge(value)) return { label, value, symbol: '', colour: 'default', spacing };
  return { label, value: value.text, symbol: value.symbol, colour: colourOf(value.tone), spacing };
}

const isBadge = (value: Fact[1]): value is Badge => typeof value === 'object' && 'tone' in value;
