import { randomUUID } from 'node:crypto';
import { type BotClient, createBotClient } from '../../agent/bot/botClient';
import { createBotClock } from '../../agent/bot/botClock';
import { createExchange } from '../../agent/bot/exchange';
import { openIdentity } from '../../agent/identity';
import type { AgentEvent, PasswordReset } from '../../domain/agentProtocol/agentEvent';

/** An agent that reports the events that it is given. */
export interface ReportingAgent {
  /** Reports this many events at once; resolves when the bot has acknowledged them. */
  report(count: number, eventOf: (seq: number) => AgentEvent): Promise<void>;
  close(): void;
}

export async function enrolled(server: string, token: string, number: number): Promise<ReportingAgent> {
  const secrets = {
    read: async () => undefined,
    write: async () => undefined,
    remove: async () => undefined,
  };
  const identity = await openIdentity(secrets);
  const exchange = createExchange({ server });
  const deps = { server, exchange, identity, clock: createBotClock(Date.now) };
  const machine = { id: `machine-${number}`, name: `DC${number}`, os: 'Windows Server 2022 Standard' };
  const { agentId } = await createBotClient(deps).enrol(token, machine);
  const client: BotClient = createBotClient({ ...deps, agentId });
  const stream = randomUUID();
  let seq = 0;
  return {
    async report(count, eventOf) {
      const events = Array.from({ length: count }, () => eventOf(++seq));
      await client.sendEvents(stream, events);
    },
    close: () => exchange.close(),
  };
}

/** A reset of another user each time. */
export function resetOf(seq: number, more: Partial<PasswordReset['user']> = {}): AgentEvent {
  const objectGuid = randomUUID();
  const now = Date.now();
  const name = `user${objectGuid.slice(0, 8)}`;
  return {
    seq,
    id: randomUUID(),
    type: 'reset',
    seenAt: now,
    user: {
      objectGuid,
      objectSid: `S-1-5-21-1004336348-1177238915-682003330-${seq}`,
      samAccountName: name,
      userPrincipalName: `${name}@contoso.test`,
      displayName: `User ${name}`,
      distinguishedName: `CN=${name},OU=Users,DC=contoso,DC=test`,
      userAccountControl: 512,
      pwdLastSet: `${133_800_000_000_000_000n + BigInt(now)}`,
      memberOf: ['CN=Sales,OU=Groups,DC=contoso,DC=test'],
      ...more,
    },
    how: 'unknown',
    mustChange: false,
    password: { pwdLastSet: `${133_800_000_000_000_000n + BigInt(now)}`, version: 2 },
    changedAt: now,
    times: 1,
    late: false,
  };
}
