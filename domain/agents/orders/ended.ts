import type { AgentOrder } from '../agent';

/** An order that ended. Its input is dropped: it may be secret, and nobody needs it any more. */
export const ended = (
  { input: _input, ...order }: AgentOrder,
  how: { state: 'done' | 'failed'; finding: string; mayBeDone?: true },
): AgentOrder => ({ ...order, ...how });
