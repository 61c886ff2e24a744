import type { CustomerEvent } from '../../../domain/events/customerEvent';
import { type Face, SHOWN } from './face';
import type { Beside } from './further';

type Plain = Pick<Face, 'what' | 'tone' | 'lead'> & Partial<Face>;

/**
 * A face for events that each have one sentence; several events are shown as a number and the sentences as
 * rows.
 */
export const oneByOne =
  <Event extends CustomerEvent>(one: (event: Event, now: number) => Plain) =>
  (events: readonly Event[], now: number, { further }: Pick<Beside, 'further'>): Face => {
    const told = events.map((event) => ({ rows: [], asks: false, ...one(event, now) }));
    const [first] = told;
    if (!first) return { what: 'Nothing any more', tone: 'neutral', rows: [], asks: false };
    const total = told.length + further.total;
    if (total === 1) return first;
    return {
      ...first,
      what: `${first.what} (${total.toLocaleString('en')} times)`,
      lead: '',
      rows: told.slice(0, SHOWN).map(({ lead }) => ({ title: lead ?? '', lines: [] })),
      ...(total > SHOWN && {
        more: `and ${(total - Math.min(told.length, SHOWN)).toLocaleString('en')} more`,
      }),
    };
  };
