import type { Arrival } from '../../../domain/events/customerEvent';
import type { CountedExplanation } from './explanations';
import type { ResetEvent } from './resetEvent';

/** What joined a notice beyond its list: counted, not read. */
export interface Further {
  total: number;
  /** The explanations of its resets. */
  explanations: readonly CountedExplanation[];
  arrivals: Partial<Record<Arrival['state'], number>>;
}

export const NO_FURTHER: Further = { total: 0, explanations: [], arrivals: {} };

/** What a card tells besides the events that its notice lists. */
export interface Beside {
  further: Further;
  /** The resets that its events are about, in their present state; see aboutResets. */
  about: readonly ResetEvent[];
}
