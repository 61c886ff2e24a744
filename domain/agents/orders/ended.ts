import type { AgentOrder } from '../agent';

/** The input may be secret. Nobody needs it once the order has ended or expired. */
export const withoutInput = ({ input: _input, ...order }: AgentOrder): AgentOrder => order;

/** An order that ended. */
export const ended = (
  order: AgentOrder,
  how: { state: 'done' | 'failed'; finding: string; mayBeDone?: true },
): AgentOrder => ({ ...withoutInput(order), ...how });
