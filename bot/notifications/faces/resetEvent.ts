import type { CustomerEvent, EventFacts } from '../../../domain/events/customerEvent';

export type ResetFacts = Extract<EventFacts, { reset: unknown }>;
export type ResetEvent = CustomerEvent & { facts: ResetFacts };

export const isReset = (event: CustomerEvent): event is ResetEvent => 'reset' in event.facts;
