import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';

/** Any 32 bytes. */
export const QUEUE_KEY = Buffer.alloc(32, 7);

/** An event that carries a number, and enough text that its frame spans several blocks of a disk now and then. */
export const numbered = (n: number): NewAgentEvent => ({
  type: 'deltaSync',
  seenAt: 1_800_000_000_000 + n,
  outcome: 'ran',
  finding: `run ${n} ${'.'.repeat((n % 7) * 60)}`,
  startedAt: n,
  endedAt: n,
  resets: n,
});

/** The numbers that events carry; undefined for others. */
export const numbersOf = (events: object[]): (number | undefined)[] =>
  events.map((event) => ('resets' in event ? Number(event.resets) : undefined));
