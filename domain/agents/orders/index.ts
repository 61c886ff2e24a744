import type { Verb } from '../../agentProtocol/verbs';
import { notFound } from '../../errors';
import { deltaSync } from './deltaSync';
import { inventory } from './inventory';
import type { OrderKind, Wish } from './orderKind';

/** Every verb of the protocol has its half here; where one is missing this does not compile. */
export const ORDERS = { deltaSync, inventory } satisfies { [V in Verb]: OrderKind<V> } as Record<
  Verb,
  OrderKind<Verb>
>;

/** Undefined: a verb of another version of this bot, which stands in the store. */
export const kindOf = (verb: Verb): OrderKind<Verb> | undefined =>
  Object.hasOwn(ORDERS, verb) ? ORDERS[verb] : undefined;

/** What a technician may order on the card of the agents, in the order of its buttons. */
export const WISHES: ReadonlyMap<Verb, Wish> = new Map(
  Object.values(ORDERS).flatMap(({ verb, wish }) => (wish ? [[verb, wish]] : [])),
);

/** Throws notFound for what nobody orders by hand. */
export function wishOf(verb: Verb): Wish {
  const wish = WISHES.get(verb);
  if (!wish) throw notFound('This cannot be ordered here.');
  return wish;
}
