import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';

/** Any 32 bytes. */
export const QUEUE_KEY = Buffer.alloc(32, 7);

/** An event with a number, and with enough text that its frame sometimes spans several disk blocks. */
export const numbered = (n: number): NewAgentEvent => ({
  type: 'deltaSync',
  seenAt: 1_800_000_000_000 + n,
  outcome: 'ran',
  finding: `run ${n} ${'.'.repeat((n % 7) * 60)}`,
  startedAt: n,
  endedAt: n,
  resets: n,
});

/** The numbers of the events; undefined for events without one. */
export const numbersOf = (events: object[]): (number | undefined)[] =>
  events.map((event) => ('resets' in event ? Number(event.resets) : undefined));
