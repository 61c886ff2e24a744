import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import { domainOf, type InventoryUpload } from './directoryAccount';

const PAGE = 200;

/**
 * Removes the accounts that a complete inventory did not contain. It touches only the inventory's own
 * domains, nothing that was seen after the inventory began, and nothing that an agent in `nearer` told.
 */
export async function removeUnseen(
  { stores: { directoryAccounts } }: Needs<'directoryAccounts'>,
  { customerId, domains, startedAt }: InventoryUpload,
  nearer: ReadonlySet<string>,
): Promise<void> {
  const covered = new Set(domains);
  for await (const items of pages(directoryAccounts, { where: { customerId }, limit: PAGE })) {
    const gone = items.filter(
      ({ value }) =>
        value.seenAt < startedAt &&
        covered.has(domainOf(value.user.distinguishedName)) &&
        !(value.toldBy && nearer.has(value.toldBy)),
    );
    await Promise.all(gone.map(({ id, version }) => directoryAccounts.remove(id, version)));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
