import type { Agent } from '../../../domain/agents/agent';
import type { Bot } from './bot';

/** Stores an agent that is online, with a directory and a Microsoft Entra Connect that are well. */
export async function enrolledAgent(
  bot: Bot,
  { customerId, id, now }: { customerId: string; id: string; now: number },
  more: Partial<Agent> = {},
): Promise<void> {
  await bot.stores.agents.insert(id, {
    customerId,
    machine: { id, name: id.toUpperCase(), os: 'Windows Server 2022' },
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x'.repeat(43) },
    version: '0.1.0',
    enrolledAt: now,
    enrolledBy: { id: 'tess', name: 'Tess' },
    enrolledWith: id,
    state: 'online',
    stateSince: now,
    lastBeatAt: now,
    skewMs: 0,
    waiting: { events: 0 },
    health: {
      directory: { state: 'reading', domain: 'contoso.test', domainController: 'dc1.contoso.test' },
      connect: { state: 'ready' },
      eventLog: { state: 'read' },
    },
    ...more,
  });
}
