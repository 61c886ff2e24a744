import type { Verb } from '../../agentProtocol/verbs';
import { notFound } from '../../errors';
import { deltaSync } from './deltaSync';
import { inventory } from './inventory';
import type { OrderKind, Wish } from './orderKind';

/** Every verb of the protocol has its half here; a missing one does not compile. */
export const ORDERS = { deltaSync, inventory } satisfies { [V in Verb]: OrderKind<V> } as Record<
  Verb,
  OrderKind<Verb>
>;

/** Undefined for a stored verb that only another version of the bot knows. */
export const kindOf = (verb: Verb): OrderKind<Verb> | undefined =>
  Object.hasOwn(ORDERS, verb) ? ORDERS[verb] : undefined;

/** What a technician may order on the card of agents, in the order of its buttons. */
export const WISHES: ReadonlyMap<Verb, Wish> = new Map(
  Object.values(ORDERS).flatMap(({ verb, wish }) => (wish ? [[verb, wish]] : [])),
);

/** Throws notFound for a verb that nobody orders by hand. */
export function wishOf(verb: Verb): Wish {
  const wish = WISHES.get(verb);
  if (!wish) throw notFound('This cannot be ordered here.');
  return wish;
}
