import { BenchFault } from '../benchFault';
import { createConversation } from './conversation';
import type { Started } from './processes';
import { PEOPLE } from './seed';

const TURNS = 9;

interface Counted {
  messages: number;
  cards: number;
}

/** Throws BenchFault unless each turn of a conversation is answered by exactly one message, with a card. */
export async function assertRealTurns(server: Started, connector: Started): Promise<void> {
  const counted = async () => (await (await fetch(`${connector.url}/counted`)).json()) as Counted;
  const conversation = createConversation(PEOPLE - 1, connector.url);
  const before = await counted();
  for (let turn = 0; turn < TURNS; turn++) {
    const { status } = await fetch(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: conversation.next(),
    });
    if (status !== 200) throw new BenchFault(`a turn was answered with ${status}`);
  }
  const after = await counted();
  const [messages, cards] = [after.messages - before.messages, after.cards - before.cards];
  if (messages !== TURNS || cards !== TURNS)
    throw new BenchFault(`${TURNS} turns were answered by ${messages} messages, ${cards} of them cards`);
}
