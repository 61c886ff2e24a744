import type { Arrival } from '../../domain/events/customerEvent';
import type { CountedExplanation } from './explanations';

/** What stands in a notice beyond its list: counted, not read. */
export interface Further {
  total: number;
  /** Of resets. */
  explanations: readonly CountedExplanation[];
  arrivals: Partial<Record<Arrival['state'], number>>;
}

export const NO_FURTHER: Further = { total: 0, explanations: [], arrivals: {} };
