import type { Card } from '../../../cards/shared/card';
import { nodesOf } from './cardReader';
import type { Seat } from './seat';

/** Adds a customer in chat, and begins what connects these directories; resolves to its id. */
export async function addsCustomer(seat: Seat, name: string, choice = 'later'): Promise<string> {
  const { text, card } = await seat.says(`add customer ${name}`);
  if (!text.includes('was added')) throw new Error(`not added: ${text}`);
  const id = JSON.stringify(card).match(/"customerId":"([^"]+)"/)?.[1];
  if (!id) throw new Error('the card names no customer');
  const has = (source: string) => choice === source || choice === 'both';
  if (has('activeDirectory')) await seat.says(`add active directory ${name}`);
  if (has('office365')) await seat.says(`connect office 365 ${name}`);
  return id;
}

/** The names in a list of customers. */
export const rowsOf = (card: Card | undefined) =>
  nodesOf(card).flatMap((node) => {
    const title = /^Open (.+): /.exec(String((node.selectAction as { title?: string })?.title))?.[1];
    return title ? [title] : [];
  });
