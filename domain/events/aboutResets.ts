import type { EventFacts } from './customerEvent';

/**
 * Ids of the resets that an event is about, beside the resets that are told on cards of their own. Its card
 * shows the state of these resets and asks for explanations. Empty for an event that is about none.
 */
export function aboutResets(facts: EventFacts): readonly string[] {
  if (facts.kind === 'unexplainedResets') return facts.eventIds;
  return facts.kind === 'arrivalFailed' ? [facts.eventId] : [];
}
