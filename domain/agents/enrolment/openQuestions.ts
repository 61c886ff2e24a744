import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import type { InstallToken } from '../agent';

/**
 * The customer's install tokens with a key that waits for a person's yes before it replaces an agent's key.
 */
export async function openQuestions(
  { stores: { installTokens }, clock }: Needs<'installTokens', 'clock'>,
  customerId: string,
): Promise<Stored<InstallToken>[]> {
  const { items } = await installTokens.list({ where: { customerId }, limit: 1000 });
  return items.filter(
    ({ value: { replacement } }) => replacement?.state === 'waiting' && replacement.expiresAt > clock.now(),
  );
}
