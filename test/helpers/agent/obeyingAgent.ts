import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createBotClient } from '../../../agent/bot/botClient';
import { createBotClock } from '../../../agent/bot/botClock';
import { createExchange } from '../../../agent/bot/exchange';
import { openIdentity } from '../../../agent/identity';
import { createFileSecrets } from '../../../agent/linux/fileSecrets';
import { createLog } from '../../../agent/log';
import { type OrderJournal, openJournal } from '../../../agent/orders/journal';
import { orderDoer } from '../../../agent/orders/orderDoer';
import { obeyOrders } from '../../../agent/run/obeyOrders';
import { createRevocation } from '../../../agent/run/revocation';
import { AgentTiming } from './agentTiming';
import { AGENT_ID } from './fakeBot';

/** The points at which an agent can die. */
export type Point = 'heard' | 'asked' | 'begun' | 'did' | 'written' | 'reported';
type Watcher = (point: Point) => void | Promise<void>;
export const SECRET = 'not-a-real-password';

const input = z.object({ password: z.string() });
const result = z.object({ length: z.number() });

/**
 * Verbs of no version: `set` must not be repeated, `refresh` may be. Each time one is done, `effects` gets a
 * line.
 */
const ordersIn = (folder: string, at: Watcher) =>
  new Map(
    Object.entries({ set: false, refresh: true }).map(([verb, repeatable]) => [
      verb,
      orderDoer({ input, result, repeatable }, async ({ id, input: { password } }) => {
        await at('begun');
        appendFileSync(join(folder, 'effects'), `${verb} ${id}\n`);
        await at('did');
        return { finding: 'It is set.', result: { length: password.length } };
      }),
    ]),
  );

/**
 * The part of an agent that carries out orders, on a data folder. It tells `at` each point, and `at` may end
 * the process.
 */
export async function obey(
  { folder, server }: { folder: string; server: string },
  signal: AbortSignal,
  at: Watcher = () => undefined,
): Promise<void> {
  const log = createLog(() => undefined);
  const exchange = createExchange({ server });
  const clock = createBotClock(Date.now);
  const identity = await openIdentity(createFileSecrets(folder));
  const client = createBotClient({ server, exchange, identity, agentId: AGENT_ID, clock });
  const commands: typeof client.commands = async (body, signal) => {
    const answer = await client.commands(body, signal);
    if (body.done.length > 0) await at('reported');
    await at('heard');
    return answer;
  };
  const journal = await openJournal({ folder: join(folder, 'orders'), log, now: clock.now });
  const watched: OrderJournal = Object.assign(Object.create(journal), {
    begin: async (order: Parameters<OrderJournal['begin']>[0]) => {
      await at('asked');
      return journal.begin(order);
    },
    end: async (...ended: Parameters<OrderJournal['end']>) => {
      await journal.end(...ended);
      await at('written');
    },
  });
  const timing = new AgentTiming(() => true);
  const deps = { log, timing, revocation: createRevocation(log), clock, orders: ordersIn(folder, at) };
  await obeyOrders({ ...deps, client: { ...client, commands }, journal: watched }, signal).catch((error) => {
    if (!signal.aborted) throw error;
  });
  await journal.close();
  exchange.close();
}
