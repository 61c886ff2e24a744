import type { Card } from '../../cards/shared/card';
import type { Needs } from '../../domain/stores/core';
import { replacementCard } from './replacementCard';

/**
 * The current form of the question whether another key may replace an agent's; undefined when it is no
 * longer open.
 */
export async function showReplacement(
  { stores, clock }: Needs<'installTokens' | 'agents' | 'customers', 'clock'>,
  tokenId: string,
): Promise<Card | undefined> {
  const token = (await stores.installTokens.get(tokenId))?.value;
  const replacement = token?.replacement;
  if (!token || !replacement) return undefined;
  const customer = (await stores.customers.get(token.customerId))?.value;
  if (customer?.status !== 'active') return undefined;
  const agent = (await stores.agents.get(replacement.agentId))?.value;
  return replacementCard({
    tokenId,
    customer: customer.name,
    ...(agent && { agent }),
    replacement,
    issuer: token.issuedBy.name,
    now: clock.now(),
  });
}
