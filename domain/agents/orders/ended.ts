import type { AgentOrder } from '../agent';

/** An order that ended. What it brought along may be a secret, and nobody needs it any more. */
export const ended = (
  { input: _input, ...order }: AgentOrder,
  how: { state: 'done' | 'failed'; finding: string; mayBeDone?: true },
): AgentOrder => ({ ...order, ...how });
